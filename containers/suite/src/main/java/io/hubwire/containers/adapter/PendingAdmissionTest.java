// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Handshakes that are decided later, or never, and what becomes of the places kept for them. */
class PendingAdmissionTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();
    private final BlockingQueue<CompletableFuture<HandshakeResult>> pending = new LinkedBlockingQueue<>();

    @Test
    void a_later_yes_on_another_thread_upgrades() throws Exception {
        try (Server server = serving();
                RawPeer peer =
                        server.peer().send(RawFrame.text("sent while pending").masked())) {
            KeptPlace place = hub.newPlace();
            CompletableFuture<HandshakeResult> decision = nextPending();
            assertThat(peer.isQuietFor(Duration.ofMillis(200))).isTrue();

            decision.completeAsync(() -> place, OWN_THREAD);

            assertThat(peer.reply().status()).isEqualTo(101);
            assertThat(hub.nextOpened()).isSameAs(place);
            assertThat(place.nextText()).isEqualTo("sent while pending");
            assertThat(place.send("answer").get(5, TimeUnit.SECONDS)).isNull();
            assertThat(peer.receiveText()).isEqualTo("answer");
            assertThat(place.releaseCount()).isZero();
        }
    }

    @Test
    void a_later_no_is_plain_http_and_leaves_the_connection_usable() throws Exception {
        try (Server server = serving();
                RawPeer peer = server.peer().send()) {
            nextPending()
                    .completeAsync(
                            () -> new HandshakeResult.Refused(429, Optional.of(Duration.ofSeconds(7)), "try later"),
                            OWN_THREAD);
            assertThat(peer.reply().status()).isEqualTo(429);
            assertThat(peer.reply().header("Retry-After")).contains("7");
            assertThat(peer.reply().body()).isEqualTo("try later");

            peer.tryAgain(server.peer());
            nextPending().completeAsync(hub::newPlace, OWN_THREAD);

            assertThat(peer.reply().status()).isEqualTo(101);
        }
    }

    @Test
    void decisions_that_race_with_the_request_going_asynchronous_all_arrive() throws Exception {
        hub.judging(handshake -> CompletableFuture.supplyAsync(hub::newPlace, OWN_THREAD));
        try (Server server = Server.of(hub.hub())) {
            for (int i = 0; i < 300; i++) {
                try (RawPeer peer = server.peer().open()) {
                    KeptPlace place = hub.nextOpened();
                    assertThat(place.releaseCount()).isZero();
                    peer.reset();
                }
            }
        }
    }

    @Test
    void the_containers_timeout_refuses_when_the_hub_does_not_and_a_late_yes_gives_its_place_back() throws Exception {
        hub.admissionTimeout(Duration.ofMillis(10));
        try (Server server = serving()) {
            HttpReply reply = server.peer().exchange();
            KeptPlace late = hub.newPlace();

            nextPending().complete(late);

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).contains("5");
            assertThat(late.releaseCount()).isEqualTo(1);
            assertThat(late.openCount()).isZero();
        }
    }

    @Test
    void a_peer_that_left_while_pending_leaves_nothing_behind() throws Exception {
        try (Server server = serving()) {
            List<KeptPlace> places = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                RawPeer peer = server.peer().send();
                CompletableFuture<HandshakeResult> decision = nextPending();
                if (i % 2 == 0) {
                    peer.reset();
                } else {
                    peer.close();
                }
                KeptPlace place = hub.newPlace();
                places.add(place);
                decision.completeAsync(() -> place, OWN_THREAD);
            }

            await().atMost(Duration.ofSeconds(10)).until(() -> server.connectionCount() == 0);
            for (KeptPlace place : places) {
                assertLeftAlone(place);
            }
        }
    }

    /**
     * Opened and told of its end, or given back; or, as on Tomcat after a reset, neither, which the hub's own deadline
     * ends.
     */
    private static void assertLeftAlone(KeptPlace place) throws InterruptedException {
        assertThat(place.openCount() + place.releaseCount()).isLessThanOrEqualTo(1);
        if (place.openCount() == 1) {
            assertThat(place.nextEnd()).isEqualTo(CloseReason.CONNECTION_LOST);
            assertThat(place.otherEnds()).isEmpty();
        }
    }

    @Test
    void refusals_of_peers_that_left_leave_nothing_behind() throws Exception {
        try (Server server = serving()) {
            for (int i = 0; i < 40; i++) {
                RawPeer peer = server.peer().send();
                CompletableFuture<HandshakeResult> decision = nextPending();
                peer.reset();
                decision.completeAsync(() -> new HandshakeResult.Refused(401, Optional.empty(), "no"), OWN_THREAD);
            }

            await().atMost(Duration.ofSeconds(10)).until(() -> server.connectionCount() == 0);
            try (RawPeer peer = server.peer().send()) {
                nextPending().complete(hub.newPlace());
                assertThat(peer.reply().status()).isEqualTo(101);
            }
        }
    }

    private Server serving() {
        hub.judging(handshake -> {
            CompletableFuture<HandshakeResult> decision = new CompletableFuture<>();
            pending.add(decision);
            return decision;
        });
        return Server.of(hub.hub());
    }

    private CompletableFuture<HandshakeResult> nextPending() throws InterruptedException {
        CompletableFuture<HandshakeResult> decision = pending.poll(10, TimeUnit.SECONDS);
        assertThat(decision).as("a handshake within 10 s").isNotNull();
        return decision;
    }
}
