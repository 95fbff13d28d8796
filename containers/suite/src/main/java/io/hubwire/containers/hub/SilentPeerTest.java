// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Peers that say nothing, on real sockets. */
class SilentPeerTest {
    private static final Duration INTERVAL = ofMillis(500);
    private static final Duration TIMEOUT = ofMillis(500);
    private static final Duration PROMISE =
            INTERVAL.multipliedBy(12).dividedBy(10).plus(TIMEOUT).plus(ofSeconds(1));

    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private final Hub hub = Hub.builder()
            .install(new Chat())
            .heartbeat(HeartbeatPolicy.pingEvery(INTERVAL).answerWithin(TIMEOUT))
            .onDisconnect((client, reason) -> ends.add(reason))
            .build();

    @AutoClose
    private final Server server = Server.of(hub);

    @Test
    void a_peer_that_went_silent_is_gone_in_time_with_its_connection() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            peer.sendText("{\"event\":\"ping\"}");
            peer.receiveText();
            long silentSince = System.nanoTime();

            CloseReason end = ends.poll(10, TimeUnit.SECONDS);

            Duration found = Duration.ofNanos(System.nanoTime() - silentSince);
            assertThat(end).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
            assertThat(found).isBetween(INTERVAL.multipliedBy(8).dividedBy(10).plus(TIMEOUT), PROMISE);
            await().atMost(ofSeconds(5)).until(() -> server.connectionCount() == 0);
        }
    }

    @Test
    void peers_that_answer_or_chat_stay() throws Exception {
        try (RawPeer answering = server.peer().open();
                RawPeer chatting = server.peer().open()) {
            long end = System.nanoTime() + ofSeconds(4).toNanos();
            int pings = 0;
            while (System.nanoTime() < end) {
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
}
