// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tyrus;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.adapter.AcceptorOnlyHub;
import io.hubwire.containers.adapter.KeptPlace;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawPeer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A hub as an endpoint of Tyrus, where the listener is out of reach. */
class PlainTyrusTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();
    private final HubEndpoint endpoint =
            HubEndpoint.serving(hub.hub()).at("/ws/{room}").tokenFromQuery("token");

    @Test
    void an_accepted_handshake_is_known_to_the_authenticator_and_opens() throws Exception {
        AtomicReference<Handshake> seen = new AtomicReference<>();
        hub.judging(handshake -> {
            seen.set(handshake);
            return CompletableFuture.completedFuture(hub.newPlace());
        });
        try (PlainTyrus server = new PlainTyrus(endpoint, "/app");
                RawPeer peer = server.peer()
                        .path("/app/ws/red%20room?token=t%C3%B6ken&room=other")
                        .header("X-Once", "one")
                        .header("Sec-WebSocket-Protocol", "first, second")
                        .open()) {
            KeptPlace place = hub.nextOpened();
            peer.sendText("hello");

            assertThat(place.nextText()).isEqualTo("hello");
            assertThat(seen.get().path()).isEqualTo("/app/ws/red room");
            assertThat(seen.get().pathParam("room")).contains("red room");
            assertThat(seen.get().token()).contains("töken");
            assertThat(seen.get().query("room")).contains("other");
            assertThat(seen.get().header("x-once")).contains("one");
            assertThat(seen.get().subprotocols()).containsExactly("first", "second");
            assertThat(seen.get().remoteAddress()).contains("127.0.0.1");
        }
    }

    @Test
    void the_subprotocol_that_the_hub_has_chosen_is_answered() throws Exception {
        hub.judging(
                handshake -> CompletableFuture.completedFuture(hub.newPlace().subprotocol("hubwire.v1")));
        try (PlainTyrus server = new PlainTyrus(endpoint, "/");
                RawPeer peer = server.peer()
                        .path("/ws/red")
                        .header("Sec-WebSocket-Protocol", "chat, hubwire.v1")
                        .open()) {
            assertThat(peer.reply().header("Sec-WebSocket-Protocol")).contains("hubwire.v1");
        }
    }

    @Test
    void a_refusal_is_a_status_with_its_headers() throws Exception {
        assertThat(replyTo(new HandshakeResult.Refused(401, Optional.empty(), "no"))
                        .header("WWW-Authenticate"))
                .contains("Bearer");
        for (int status : new int[] {401, 403, 429, 503}) {
            HttpReply reply = replyTo(new HandshakeResult.Refused(status, Optional.of(Duration.ofSeconds(7)), "no"));
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.header("Retry-After")).contains("7");
            assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
            assertThat(reply.header("Upgrade")).isEmpty();
        }
    }

    private HttpReply replyTo(HandshakeResult.Refused refused) throws Exception {
        hub.judging(handshake -> CompletableFuture.completedFuture(refused));
        try (PlainTyrus server = new PlainTyrus(endpoint, "/")) {
            return server.peer().path("/ws/red").exchange();
        }
    }

    @Test
    void pages_of_other_origins_are_refused() throws Exception {
        try (PlainTyrus server = new PlainTyrus(endpoint, "/")) {
            String own = "http://127.0.0.1:" + server.port();

            assertThat(server.peer()
                            .path("/ws/a")
                            .header("Origin", own)
                            .exchange()
                            .status())
                    .isEqualTo(101);
            assertThat(server.peer()
                            .path("/ws/a")
                            .header("Origin", "http://evil.example")
                            .exchange()
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_decision_that_comes_soon_is_waited_for() throws Exception {
        hub.judging(handshake -> decidedLater());
        try (PlainTyrus server = new PlainTyrus(endpoint, "/");
                RawPeer peer = server.peer().path("/ws/red").open()) {
            assertThat(hub.nextOpened().send("hello").get(5, TimeUnit.SECONDS)).isNull();
            assertThat(peer.receiveText()).isEqualTo("hello");
        }
    }

    private CompletionStage<HandshakeResult> decidedLater() {
        return CompletableFuture.supplyAsync(
                hub::newPlace, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS, OWN_THREAD));
    }

    @Test
    void a_decision_that_comes_late_is_not_waited_for_and_gives_its_place_back() throws Exception {
        BlockingQueue<CompletableFuture<HandshakeResult>> pending = new LinkedBlockingQueue<>();
        hub.judging(handshake -> {
            CompletableFuture<HandshakeResult> decision = new CompletableFuture<>();
            pending.add(decision);
            return decision;
        });
        try (PlainTyrus server = new PlainTyrus(endpoint, "/")) {
            HttpReply reply = server.peer().path("/ws/red").exchange();
            KeptPlace late = hub.newPlace();

            pending.remove().complete(late);

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).contains("1");
            assertThat(late.releaseCount()).isOne();
            assertThat(late.openCount()).isZero();
        }
    }

    @Test
    void a_stalled_peer_is_cut_by_an_abort() throws Exception {
        try (PlainTyrus server = new PlainTyrus(endpoint, "/");
                RawPeer peer = server.peer().path("/ws/red").receiveBuffer(4096).open()) {
            KeptPlace place = hub.nextOpened();
            CompletableFuture<?> inFlight = place.sendUntilStalled();

            place.connection().abort();

            assertThat(inFlight.get(5, TimeUnit.SECONDS)).isNotNull();
            assertThat(place.nextEnd().code()).isIn(1001, 1006);
            assertThat(peer.isCutWithin(Duration.ofSeconds(2))).isTrue();
        }
    }
}
