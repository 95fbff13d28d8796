// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tyrus;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.containers.Server;
import io.hubwire.containers.adapter.AcceptorOnlyHub;
import io.hubwire.containers.adapter.KeptPlace;
import io.hubwire.jakarta.GrizzlyHubs;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is Grizzly's own: the rest of the suite shows that the hub behaves as anywhere else. */
class GrizzlyHubsTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();

    @Test
    void undecided_handshakes_hold_no_thread() throws Exception {
        BlockingQueue<CompletableFuture<HandshakeResult>> pending = new LinkedBlockingQueue<>();
        try (Server server = Server.setup().threads(2).serve(hub.endpoint()).start();
                RawPeer open = server.peer().open()) {
            KeptPlace place = hub.nextOpened();
            hub.judging(handshake -> {
                CompletableFuture<HandshakeResult> decision = new CompletableFuture<>();
                pending.add(decision);
                return decision;
            });
            List<RawPeer> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(server.peer().send());
            }
            List<CompletableFuture<HandshakeResult>> undecided = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                undecided.add(pending.poll(5, TimeUnit.SECONDS));
            }

            open.sendText("still served");

            assertThat(place.nextText()).isEqualTo("still served");
            undecided.forEach(decision -> decision.complete(hub.newPlace()));
            for (RawPeer peer : waiting) {
                assertThat(peer.reply().status()).isEqualTo(101);
                peer.close();
            }
        }
    }

    @Test
    void a_path_that_is_none_or_hides_a_slash_is_a_bad_request() throws Exception {
        try (Server server =
                Server.setup().serve(hub.endpoint().at("/ws/{room}")).start()) {
            for (String path : List.of("/ws/red%2Fblue", "/ws/red%2fblue", "/ws/%zz", "/ws/{red}")) {
                assertThat(server.peer().path(path).exchange().status())
                        .as(path)
                        .isEqualTo(400);
            }
            assertThat(server.peer().path("/ws/red").exchange().status()).isEqualTo(101);
        }
    }

    @Test
    void other_paths_of_the_listener_are_left_alone() throws Exception {
        try (Server server =
                Server.setup().contextPath("/app").serve(hub.endpoint()).start()) {
            assertThat(server.peer().path("/app/ws").exchange().status()).isEqualTo(101);
            for (String path : List.of("/ws", "/apple/ws", "/app/other", "/app")) {
                assertThat(server.peer().path(path).exchange().status())
                        .as(path)
                        .isEqualTo(404);
            }
            assertThat(server.peer()
                            .path("/app/ws")
                            .without("Upgrade")
                            .exchange()
                            .status())
                    .isEqualTo(426);
        }
    }

    @Test
    void a_frame_of_many_megabytes_arrives_in_parts() throws Exception {
        try (Server server = Server.of(hub.hub());
                RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();

            peer.send(RawFrame.text("x".repeat(6 << 20)));

            assertThat(place.nextText()).hasSize(6 << 20);
        }
    }

    @Test
    void a_peer_that_is_sending_sees_the_close_frame() throws Exception {
        try (Server server = Server.of(hub.hub())) {
            for (int round = 0; round < 20; round++) {
                try (RawPeer peer = server.peer().open()) {
                    KeptPlace place = hub.nextOpened();
                    long begin = System.nanoTime();
                    CompletableFuture<Void> closing =
                            CompletableFuture.runAsync(() -> place.connection().close(CloseReason.KICKED), OWN_THREAD);
                    sendAsLongAsServerListens(peer, begin);
                    closing.get(5, TimeUnit.SECONDS);

                    assertThat(peer.receiveClose().closeCode()).isEqualTo(4004);
                }
            }
        }
    }

    /** The server drops for two seconds what comes behind its close frame, and who is slower than that is cut. */
    private static void sendAsLongAsServerListens(RawPeer peer, long closingSince) throws IOException {
        try {
            for (int i = 0; i < 500; i++) {
                peer.sendText("not read any more");
            }
        } catch (IOException cut) {
            if (System.nanoTime() - closingSince < TimeUnit.SECONDS.toNanos(2)) {
                throw cut;
            }
        }
    }

    @Test
    void a_frame_that_comes_while_the_connection_is_closed_does_not_begin_the_handshake_anew() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        hub.judging(handshake -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture(hub.newPlace());
        });
        try (Server server = Server.of(hub.hub())) {
            for (int round = 1; round <= 300; round++) {
                try (RawPeer peer = server.peer().open()) {
                    KeptPlace place = hub.nextOpened();
                    CompletableFuture<Void> closing =
                            CompletableFuture.runAsync(() -> place.connection().close(CloseReason.KICKED), OWN_THREAD);
                    peer.send(RawFrame.close(4402, ""));
                    closing.get(5, TimeUnit.SECONDS);
                }
                assertThat(asked).hasValue(round);
            }
        }
    }

    @Test
    void the_hubs_are_closed_before_the_listener_stops() throws Exception {
        Server server = Server.of(hub.hub());
        assertThat(hub.closeCount()).isZero();

        server.close();

        assertThat(hub.closeCount()).isEqualTo(1);
    }

    @Test
    void two_hubs_on_one_path_are_one_too_many() {
        assertThatThrownBy(() -> Server.setup()
                        .serve(hub.endpoint())
                        .serve(new AcceptorOnlyHub().endpoint())
                        .start())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_context_path_begins_with_a_slash() {
        assertThatThrownBy(() -> GrizzlyHubs.on(new LoopbackTyrus("app"), "app"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'app'");
    }

    @Test
    void the_documented_example_serves_a_hub() throws Exception {
        try (ExampleServer server = new ExampleServer(HubEndpoint.serving(hub.hub()), 0);
                RawPeer peer = RawPeer.to(server.port()).open()) {
            assertThat(hub.nextOpened().send("hello").get(5, TimeUnit.SECONDS)).isNull();
            assertThat(peer.receiveText()).isEqualTo("hello");
        }
    }
}
