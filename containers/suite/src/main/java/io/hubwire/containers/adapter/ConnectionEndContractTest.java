// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How every connection ends, whatever container it comes from, and that nothing of it stays. */
class ConnectionEndContractTest {
    /** The adapter lets a connection of Tyrus's linger for 2 s, and three threads take turns to cut it then. */
    private static final Duration LINGERING = ofSeconds(10);

    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();

    @AutoClose
    private final Server server = Server.withSmallBuffers(hub.hub());

    @Test
    void the_hubs_close_reaches_the_peer_and_is_reported_with_its_own_code_once() throws Exception {
        String text = "ä".repeat(61);
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();

            place.connection().close(new CloseReason(4404, text));

            RawFrame close = peer.receive();
            assertThat(close.closeCode()).isEqualTo(4404);
            assertThat(close.closeText()).isEqualTo(text);
            peer.answerClose(close);
            assertThat(place.nextEnd().code()).isEqualTo(4404);
            awaitNoConnection(ofSeconds(5));
            assertThat(place.otherEnds()).isEmpty();
        }
    }

    @Test
    void an_abnormal_reason_never_goes_on_the_wire() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            hub.nextOpened().connection().close(CloseReason.CONNECTION_LOST);

            assertThat(peer.receive().closeCode()).isEqualTo(1001);
        }
    }

    @Test
    void a_close_of_the_peer_is_reported_with_its_code() throws Exception {
        assertEnd(peer -> peer.send(RawFrame.close(1000, "bye")), new CloseReason(1000, "bye"));
        assertEnd(peer -> peer.send(RawFrame.close(1001, "")), new CloseReason(1001, ""));
        assertEnd(peer -> peer.send(RawFrame.close(4999, "mine")), new CloseReason(4999, "mine"));
    }

    @Test
    void a_close_without_a_code_is_a_clean_one() throws Exception {
        assertThat(endAfter(peer -> peer.send(RawFrame.of(RawFrame.CLOSE))).code())
                .isEqualTo(1000);
    }

    @Test
    void a_close_with_a_code_out_of_range_is_a_protocol_error() throws Exception {
        assertThat(endAfter(peer -> peer.send(RawFrame.close(999, ""))).code()).isEqualTo(1002);
        assertThat(endAfter(peer -> peer.send(RawFrame.close(5000, ""))).code()).isEqualTo(1002);
    }

    @Test
    void an_end_without_a_close_frame_is_a_lost_connection() throws Exception {
        assertEnd(RawPeer::close, CloseReason.CONNECTION_LOST);
        assertEnd(RawPeer::reset, CloseReason.CONNECTION_LOST);
        assertEnd(RawPeer::halfClose, CloseReason.CONNECTION_LOST);
    }

    @Test
    void broken_framing_ends_the_connection_with_its_own_code() throws Exception {
        byte[] badUtf8 = {(byte) 0xc3, (byte) 0x28};
        assertBroken(RawFrame.of(RawFrame.TEXT, badUtf8).masked(), 1007);
        assertBroken(RawFrame.text("unmasked").unmasked(), 1002);
        assertBroken(new RawFrame(0xc1, "reserved bit".getBytes(StandardCharsets.UTF_8)).masked(), 1002);
        assertBroken(RawFrame.of(0x3, (byte) 1).masked(), 1002);
        assertBroken(RawFrame.of(RawFrame.CONTINUATION, (byte) 'a').masked(), 1002);
        assertBroken(RawFrame.part(RawFrame.PING, false, new byte[0]).masked(), 1002);
        assertBroken(RawFrame.of(RawFrame.PING, new byte[126]).masked(), 1002);
    }

    @Test
    void a_stalled_peer_blocks_no_sender_and_is_gone_after_a_close() throws Exception {
        try (RawPeer peer = server.peer().receiveBuffer(4096).open()) {
            KeptPlace place = hub.nextOpened();
            CompletableFuture<@Nullable Throwable> inFlight = place.sendUntilStalled();

            Duration closing = timeOf(() -> place.connection().close(CloseReason.SLOW_CONSUMER));
            place.connection().abort(); // as a hub does after some seconds: not all containers give up by themselves

            assertThat(closing).isLessThan(ofSeconds(2));
            assertThat(inFlight.get(2, TimeUnit.SECONDS)).isNotNull();
            assertThat(place.nextEnd().code()).isEqualTo(4104);
            awaitNoConnection(ofSeconds(5));
            assertThat(place.otherEnds()).isEmpty();
            peer.awaitEnd();
        }
    }

    @Test
    void a_normal_close_of_a_stalled_peer_does_not_wait_for_it_either() throws Exception {
        try (RawPeer peer = server.peer().receiveBuffer(4096).open()) {
            KeptPlace place = hub.nextOpened();
            place.sendUntilStalled();

            assertThat(timeOf(() -> place.connection().close(CloseReason.NORMAL)))
                    .isLessThan(ofSeconds(2));
            place.connection().abort();

            awaitNoConnection(ofSeconds(5));
            peer.awaitEnd();
        }
    }

    @Test
    void an_aborted_stalled_peer_is_gone_at_once() throws Exception {
        try (RawPeer peer = server.peer().receiveBuffer(4096).open()) {
            KeptPlace place = hub.nextOpened();
            CompletableFuture<@Nullable Throwable> inFlight = place.sendUntilStalled();

            Duration aborting = timeOf(() -> place.connection().abort());

            assertThat(aborting).isLessThan(ofSeconds(2));
            assertThat(inFlight).isCompleted();
            assertThat(place.nextEnd()).isEqualTo(CloseReason.CONNECTION_LOST);
            awaitNoConnection(ofSeconds(2));
            peer.awaitEnd();
        }
    }

    @Test
    void a_peer_that_does_not_answer_a_close_is_gone_after_an_abort() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();
            place.connection().close(CloseReason.KICKED);
            assertThat(peer.receive().closeCode()).isEqualTo(4004);

            place.connection().abort();

            peer.awaitEnd();
            awaitNoConnection(ofSeconds(2));
            assertThat(place.nextEnd().code()).isEqualTo(4004);
            assertThat(place.otherEnds()).isEmpty();
        }
    }

    @Test
    void close_and_abort_may_come_again_and_late() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();
            peer.reset();
            place.nextEnd();

            place.connection().close(CloseReason.NORMAL);
            place.connection().abort();
            place.connection().abort();

            assertThat(place.send("late").get(2, TimeUnit.SECONDS)).isNotNull();
            assertThat(place.otherEnds()).isEmpty();
        }
    }

    @Test
    void a_send_that_a_reset_meets_fails_and_an_abort_ends_it() throws Exception {
        try (RawPeer peer = server.peer().receiveBuffer(4096).open()) {
            KeptPlace place = hub.nextOpened();
            CompletableFuture<@Nullable Throwable> inFlight = place.sendUntilStalled();

            peer.reset();

            assertThat(inFlight.get(5, TimeUnit.SECONDS)).isNotNull();
            place.connection().abort(); // as a hub does: Tomcat does not always report the end of its own accord
            assertThat(place.nextEnd()).isEqualTo(CloseReason.CONNECTION_LOST);
            awaitNoConnection(ofSeconds(5));
            assertThat(place.otherEnds()).isEmpty();
        }
    }

    @Test
    void two_closes_and_one_of_the_peer_are_one_end() throws Exception {
        for (int round = 0; round < 50; round++) {
            try (RawPeer peer = server.peer().open()) {
                KeptPlace place = hub.nextOpened();
                CompletableFuture<Void> go = new CompletableFuture<>();
                CompletableFuture<Void> one =
                        go.thenRunAsync(() -> place.connection().close(new CloseReason(4400, "")), OWN_THREAD);
                CompletableFuture<Void> two =
                        go.thenRunAsync(() -> place.connection().close(new CloseReason(4401, "")), OWN_THREAD);

                go.complete(null);
                peer.send(RawFrame.close(4402, ""));

                assertThat(place.nextEnd().code()).isBetween(4400, 4402);
                CompletableFuture.allOf(one, two).get(5, TimeUnit.SECONDS);
                assertThat(place.otherEnds()).isEmpty();
            }
        }
    }

    private interface PeerAction {
        void on(RawPeer peer) throws Exception;
    }

    private CloseReason endAfter(PeerAction action) throws Exception {
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();
            action.on(peer);
            CloseReason end = place.nextEnd();
            awaitNoConnection(LINGERING);
            assertThat(place.otherEnds()).isEmpty();
            assertThat(place.releaseCount()).isZero();
            return end;
        }
    }

    private void assertEnd(PeerAction action, CloseReason expected) throws Exception {
        assertThat(endAfter(action)).isEqualTo(expected);
    }

    private void assertBroken(byte[] bytes, int code) throws Exception {
        CloseReason end = endAfter(peer -> {
            peer.sendBytes(bytes);
            assertThat(peer.receiveClose().closeCode()).isEqualTo(code);
        });
        assertThat(end.code()).isEqualTo(code);
    }

    private void awaitNoConnection(Duration limit) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(ofMillis(10))
                .atMost(limit)
                .until(() -> server.connectionCount() == 0);
    }

    private static Duration timeOf(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
