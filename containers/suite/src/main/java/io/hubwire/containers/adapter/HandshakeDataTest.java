// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.Server;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.contract.RawHandshake;
import io.hubwire.testkit.contract.RawPeer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What an authenticator sees of a request, on the container's thread and on others. */
class HandshakeDataTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();
    private final AtomicReference<Handshake> seen = new AtomicReference<>();

    @Test
    void everything_of_the_request_reaches_an_authenticator_that_decides_at_once() throws Exception {
        Map<String, Object> read = readWith(handshake -> CompletableFuture.completedFuture(read(handshake)));

        assertThat(read).isEqualTo(expected());
    }

    @Test
    void everything_of_the_request_reaches_an_authenticator_that_decides_later_elsewhere() throws Exception {
        CompletableFuture<Void> returned = new CompletableFuture<>();

        Map<String, Object> read = readWith(handshake -> {
            // delayed until the container's thread has left the servlet, or is about to
            var unused = CompletableFuture.runAsync(() -> returned.complete(null), OWN_THREAD);
            return returned.thenApplyAsync(nothing -> read(handshake), OWN_THREAD);
        });

        assertThat(read).isEqualTo(expected());
    }

    private Map<String, Object> readWith(Function<Handshake, CompletionStage<Map<String, Object>>> authenticator)
            throws Exception {
        CompletableFuture<Map<String, Object>> result = new CompletableFuture<>();
        hub.judging(handshake -> authenticator.apply(handshake).thenApply(read -> {
            result.complete(read);
            return hub.newPlace();
        }));
        try (Server server = Server.setup()
                        .contextPath("/app")
                        .serve(hub.endpoint().at("/ws/{room}/{seat}").tokenFromQuery("authorization"))
                        .start();
                RawPeer peer = server.peer()
                        .path("/app/ws/red%20room/7?authorization=t%C3%B6ken&a=1&a=2&flag")
                        .header("User-Agent", "test/1")
                        .header("X-Twice", "one")
                        .header("X-Twice", "two")
                        .header("Sec-WebSocket-Protocol", "first, second")
                        .header("Sec-WebSocket-Protocol", "third")
                        .open()) {
            hub.nextOpened();
            return result.join();
        }
    }

    private static Map<String, Object> read(Handshake handshake) {
        Map<String, Object> read = new LinkedHashMap<>();
        read.put("token", handshake.token());
        read.put("query a", handshake.query("a"));
        read.put("query flag", handshake.query("flag"));
        read.put("query none", handshake.query("none"));
        read.put("header", handshake.header("user-AGENT"));
        read.put("first of two headers", handshake.header("x-twice"));
        read.put("no header", handshake.header("X-None"));
        read.put("path", handshake.path());
        read.put("room", handshake.pathParam("room"));
        read.put("seat", handshake.pathParam("seat"));
        read.put("no such variable", handshake.pathParam("table"));
        read.put("address", handshake.remoteAddress());
        read.put("subprotocols", handshake.subprotocols());
        read.put("something else", handshake.unwrap(String.class));
        return read;
    }

    private static Map<String, Object> expected() {
        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("token", Optional.of("töken"));
        expected.put("query a", Optional.of("1"));
        expected.put("query flag", Optional.of(""));
        expected.put("query none", Optional.empty());
        expected.put("header", Optional.of("test/1"));
        expected.put("first of two headers", Optional.of("one"));
        expected.put("no header", Optional.empty());
        expected.put("path", "/app/ws/red room/7");
        expected.put("room", Optional.of("red room"));
        expected.put("seat", Optional.of("7"));
        expected.put("no such variable", Optional.empty());
        expected.put("address", Optional.of("127.0.0.1"));
        expected.put("subprotocols", java.util.List.of("first", "second", "third"));
        expected.put("something else", Optional.empty());
        return expected;
    }

    @Test
    void a_token_is_looked_for_in_the_header_then_the_query_then_the_cookie() throws Exception {
        UnaryOperator<HubEndpoint> all =
                endpoint -> endpoint.tokenFromQuery("t").tokenFromCookie("sid").allowMissingOrigin(true);

        assertThat(tokenOf(
                        all,
                        peer -> peer.path("/ws?t=q")
                                .header("Authorization", "bearer  h ")
                                .header("Cookie", "other=x; sid=c")))
                .contains("h");
        assertThat(tokenOf(
                        all,
                        peer -> peer.path("/ws?t=q")
                                .header("Authorization", "Basic abc")
                                .header("Cookie", "sid=c")))
                .contains("q");
        assertThat(tokenOf(all, peer -> peer.header("Cookie", "other=x; sid=c")))
                .contains("c");
        assertThat(tokenOf(
                        all,
                        peer -> peer.path("/ws?t=")
                                .header("Authorization", "Bearer ")
                                .header("Cookie", "sid=c")))
                .as("what is blank hides nothing")
                .contains("c");
        assertThat(tokenOf(all, peer -> peer.path("/ws?t=").header("Cookie", "other=x")))
                .isEmpty();
        assertThat(tokenOf(endpoint -> endpoint, peer -> peer.path("/ws?t=q").header("Cookie", "sid=c")))
                .isEmpty();
    }

    private Optional<String> tokenOf(UnaryOperator<HubEndpoint> settings, UnaryOperator<RawHandshake> request)
            throws Exception {
        hub.judging(handshake -> {
            seen.set(handshake);
            return CompletableFuture.<HandshakeResult>completedFuture(hub.newPlace());
        });
        try (Server server =
                        Server.setup().serve(settings.apply(hub.endpoint())).start();
                RawPeer peer = request.apply(server.peer()).open()) {
            return seen.get().token();
        }
    }
}
