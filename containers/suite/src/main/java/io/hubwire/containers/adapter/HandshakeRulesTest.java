// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.Server;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawHandshake;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused before the upgrade, and how that looks on the wire. */
class HandshakeRulesTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();
    private @Nullable Server running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void a_request_that_is_no_handshake_is_told_to_upgrade() throws IOException {
        Server server = serving(endpoint -> endpoint);
        List<RawHandshake> requests = List.of(
                server.peer().without("Upgrade").without("Connection"),
                server.peer().without("Upgrade"),
                server.peer().method("POST").header("Content-Length", "0"),
                server.peer().without("Upgrade").header("Upgrade", "h2c"));

        for (RawHandshake request : requests) {
            assertUpgradeRequired(request);
        }
    }

    @Test
    void an_upgrade_without_its_connection_header_is_told_to_upgrade() throws IOException {
        Server server = serving(endpoint -> endpoint);

        assertUpgradeRequired(server.peer().without("Connection"));
    }

    private void assertUpgradeRequired(RawHandshake request) throws IOException {
        HttpReply reply = request.exchange();

        assertThat(reply.status()).as(new String(request.bytes(), US_ASCII)).isEqualTo(426);
        assertThat(reply.header("Upgrade")).contains("websocket");
        assertThat(reply.header("Sec-WebSocket-Version")).contains("13");
        assertThat(asked).hasValue(0);
    }

    @Test
    void another_version_of_the_protocol_is_told_the_right_one() throws IOException {
        Server server = serving(endpoint -> endpoint);

        for (String version : List.of("8", "14", "13, 8", "thirteen")) {
            HttpReply reply = server.peer()
                    .without("Sec-WebSocket-Version")
                    .header("Sec-WebSocket-Version", version)
                    .exchange();
            assertThat(reply.status()).as(version).isEqualTo(426);
            assertThat(reply.header("Sec-WebSocket-Version")).contains("13");
        }
        assertThat(server.peer().without("Sec-WebSocket-Version").exchange().status())
                .isEqualTo(426);
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_malformed_key_is_a_bad_request() throws IOException {
        Server server = serving(endpoint -> endpoint);

        for (String key : List.of(
                "", "short", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZSE=", "!!!!!!!!!!!!!!!!!!!!!!==")) {
            RawHandshake handshake = server.peer().without("Sec-WebSocket-Key").header("Sec-WebSocket-Key", key);
            assertThat(handshake.exchange().status()).as(key).isEqualTo(400);
        }
        assertThat(server.peer().without("Sec-WebSocket-Key").exchange().status())
                .isEqualTo(400);
        assertThat(server.peer()
                        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                        .exchange()
                        .status())
                .isEqualTo(400);
        assertThat(asked).hasValue(0);
    }

    @Test
    void pages_of_other_origins_are_refused_by_default() throws IOException {
        Server server = serving(endpoint -> endpoint);
        int port = server.port();

        assertThat(statusFor(server, "http://127.0.0.1:" + port)).isEqualTo(101);
        assertThat(statusFor(server, "HTTP://127.0.0.1:" + port)).isEqualTo(101);
        for (String bad : List.of(
                "http://evil.example",
                "http://127.0.0.1",
                "http://127.0.0.1:" + (port + 1),
                "https://127.0.0.1:" + port,
                "http://127.0.0.1.evil.example:" + port,
                "http://localhost:" + port,
                "http://user@127.0.0.1:" + port,
                "http://127.0.0.1:" + port + "/",
                "http://127.0.0.1:" + port + " http://evil.example",
                "http://127.0.0.1:0" + port + "0",
                "http://127.0.0.1:" + port + ".evil.example",
                "http://127.0.0.1:" + port + "@evil.example",
                "http://evil.example:" + port,
                "http://[::1]:" + port,
                "http://127.1:" + port,
                "http://2130706433:" + port,
                "http:127.0.0.1:" + port,
                "//127.0.0.1:" + port,
                "ws://127.0.0.1:" + port,
                "chrome-extension://127.0.0.1:" + port,
                "null",
                "file://",
                "")) {
            assertThat(statusFor(server, bad)).as("'%s'", bad).isEqualTo(403);
        }
        assertThat(asked).hasValue(2);
    }

    @Test
    void only_listed_origins_are_allowed_when_there_is_a_list() throws IOException {
        Server server = serving(endpoint -> endpoint.allowOrigins("https://app.example", "https://*.example.org"));

        for (String good : List.of("https://app.example", "https://app.example:443", "https://a.example.org")) {
            assertThat(statusFor(server, good)).as(good).isEqualTo(101);
        }
        for (String bad : List.of(
                "http://127.0.0.1:" + server.port(),
                "http://app.example",
                "https://app.example:8443",
                "https://app.example.evil.example",
                "https://evilapp.example",
                "https://sub.app.example",
                "https://example.org",
                "https://a.b.example.org",
                "https://evilexample.org",
                "https://*.example.org",
                "https://.example.org",
                "https://a.example.org.evil.example",
                "null")) {
            assertThat(statusFor(server, bad)).as(bad).isEqualTo(403);
        }
        assertThat(server.peer()
                        .header("Origin", "https://app.example")
                        .header("Origin", "https://app.example")
                        .exchange()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void any_origin_may_connect_when_that_is_spelled_out() throws IOException {
        Server server = serving(HubEndpoint::allowAnyOrigin);

        assertThat(statusFor(server, "http://evil.example")).isEqualTo(101);
        assertThat(statusFor(server, "null")).isEqualTo(101);
    }

    @Test
    void a_missing_origin_is_allowed_unless_a_cookie_is_a_credential() throws IOException {
        assertThat(statusWithoutOrigin(endpoint -> endpoint)).isEqualTo(101);
        assertThat(statusWithoutOrigin(endpoint -> endpoint.tokenFromCookie("sid")))
                .isEqualTo(403);
        assertThat(statusWithoutOrigin(endpoint -> endpoint.allowMissingOrigin(false)))
                .isEqualTo(403);
        assertThat(statusWithoutOrigin(
                        endpoint -> endpoint.tokenFromCookie("sid").allowMissingOrigin(true)))
                .isEqualTo(101);
    }

    @Test
    void a_path_that_does_not_fit_the_template_is_not_found() throws IOException {
        Server server = serving(endpoint -> endpoint.at("/ws/{room}"));

        assertThat(server.peer().path("/ws/red").exchange().status()).isEqualTo(101);
        for (String path : List.of("/ws", "/ws/", "/ws/red/", "/ws/red/blue")) {
            assertThat(server.peer().path(path).exchange().status()).as(path).isEqualTo(404);
        }
    }

    @Test
    void a_query_of_broken_encoding_is_a_bad_request() throws IOException {
        Server server = serving(endpoint -> endpoint);

        assertThat(server.peer().path("/ws?a=%zz").exchange().status()).isEqualTo(400);
        assertThat(server.peer().path("/ws?a=%E2%82%AC").exchange().status()).isEqualTo(101);
    }

    @Test
    void the_hubs_refusal_is_plain_http() throws IOException {
        hub.judging(handshake -> CompletableFuture.completedFuture(
                new HandshakeResult.Refused(429, Optional.of(Duration.ofMillis(1_200)), "too many connections")));
        Server server = start(endpoint -> endpoint);

        HttpReply reply = server.peer().exchange();

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("Retry-After")).contains("2");
        assertThat(reply.header("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(reply.header("Content-Length")).contains("20");
        assertThat(reply.header("Upgrade")).isEmpty();
        assertThat(reply.body()).isEqualTo("too many connections");
    }

    @Test
    void a_missing_credential_is_challenged() throws IOException {
        hub.judging(handshake -> CompletableFuture.completedFuture(
                new HandshakeResult.Refused(401, Optional.empty(), "unauthenticated")));
        Server server = start(endpoint -> endpoint);

        HttpReply reply = server.peer().exchange();

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
        assertThat(reply.header("Retry-After")).isEmpty();
    }

    @Test
    void a_good_handshake_may_follow_a_refused_one_on_the_same_connection() throws Exception {
        Server server = serving(endpoint -> endpoint);
        try (RawPeer peer =
                server.peer().header("Origin", "http://evil.example").send()) {
            assertThat(peer.reply().status()).isEqualTo(403);

            peer.tryAgain(server.peer());

            assertThat(peer.reply().status()).isEqualTo(101);
            peer.sendText("hello");
            assertThat(hub.nextOpened().nextText()).isEqualTo("hello");
        }
    }

    private int statusFor(Server server, String origin) throws IOException {
        return server.peer().header("Origin", origin).exchange().status();
    }

    private int statusWithoutOrigin(UnaryOperator<HubEndpoint> settings) throws IOException {
        try (Server server = serving(settings)) {
            return server.peer().exchange().status();
        } finally {
            running = null;
        }
    }

    private Server serving(UnaryOperator<HubEndpoint> settings) {
        hub.judging(handshake -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(hub.newPlace());
        });
        return start(settings);
    }

    private Server start(UnaryOperator<HubEndpoint> settings) {
        Server started = Server.setup().serve(settings.apply(hub.endpoint())).start();
        running = started;
        return started;
    }
}
