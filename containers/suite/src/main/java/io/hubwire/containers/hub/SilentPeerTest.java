// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.containers.MachinePauses;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that say nothing, on real sockets. */
class SilentPeerTest {
    private static final Duration INTERVAL = ofMillis(500);
    private static final Duration TIMEOUT = ofMillis(500);

    /** So that a machine that is held up does not end who would have answered, and shorter than they are watched. */
    private static final Duration PATIENT = ofMillis(2500);

    private static final Duration WATCHED = ofSeconds(4);
    private static final Duration PROMISE =
            INTERVAL.multipliedBy(12).dividedBy(10).plus(TIMEOUT).plus(ofSeconds(1));

    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private Hub hub;
    private Server server;

    private void serve(Duration timeout) {
        hub = Hub.builder()
                .install(new Chat())
                .heartbeat(HeartbeatPolicy.pingEvery(INTERVAL).answerWithin(timeout))
                .onDisconnect((client, reason) -> ends.add(reason))
                .build();
        server = Server.of(hub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_peer_that_went_silent_is_gone_in_time_with_its_connection() throws Exception {
        serve(TIMEOUT);
        try (RawPeer peer = server.peer().open();
                MachinePauses pauses = new MachinePauses()) {
            long lastSent = System.nanoTime(); // it is heard of at this time at the earliest,
            peer.sendText("{\"event\":\"ping\"}");
            peer.receiveText();
            long silentSince = System.nanoTime(); // and at this one at the latest

            CloseReason end = ends.poll(10, TimeUnit.SECONDS);

            long now = System.nanoTime();
            assertThat(end).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
            assertThat(Duration.ofNanos(now - lastSent))
                    .isGreaterThanOrEqualTo(
                            INTERVAL.multipliedBy(8).dividedBy(10).plus(TIMEOUT));
            assertThat(Duration.ofNanos(now - silentSince)).isLessThanOrEqualTo(PROMISE.plus(pauses.total()));
            await().atMost(ofSeconds(5)).until(() -> server.connectionCount() == 0);
        }
    }

    @Test
    void peers_that_answer_or_chat_stay() throws Exception {
        serve(PATIENT);
        try (RawPeer answering = server.peer().open();
                RawPeer chatting = server.peer().open()) {
            long begin = System.nanoTime();
            int pings = 0;
            while (isWithin(WATCHED, begin) || (pings < 4 && isWithin(WATCHED.multipliedBy(2), begin))) {
                chatting.sendText("{\"event\":\"ping\"}");
                chatting.receiveText();
                if (!answering.isQuietFor(ofMillis(100))) {
                    assertThat(answering.receive().opcode()).isEqualTo(RawFrame.PING);
                    answering.send(RawFrame.of(RawFrame.PONG));
                    pings++;
                }
            }

            assertThat(pings).isGreaterThanOrEqualTo(4);
            assertThat(ends).isEmpty();
            assertThat(hub.online().devices().count()).isEqualTo(2);
        }
    }

    private static boolean isWithin(Duration time, long begin) {
        return System.nanoTime() - begin < time.toNanos();
    }
}
