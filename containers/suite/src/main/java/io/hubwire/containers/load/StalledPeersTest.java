// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.OutboxPolicy;
import io.hubwire.containers.MachinePauses;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Peers that stop reading in the middle of a message. */
@Isolated
class StalledPeersTest {
    private static final int STALLED = 50;
    private static final int READING = 10;

    /** More than the kernel's buffers hold for one peer, less than an outbox may. */
    private static final int TICKS = 120;

    private static final Duration LIMIT = ofSeconds(2);
    private static final Duration PROMISE = LIMIT.plusSeconds(2);

    private final Queue<CloseReason> ends = new ConcurrentLinkedQueue<>();
    private final AtomicInteger read = new AtomicInteger();
    private final Hub hub = Hub.builder()
            .emits(Tick.TYPE)
            .connections(ConnectionLimits.defaults().handshakesPerSecond(10_000, 10_000))
            .outbox(OutboxPolicy.defaults().sendTimeout(LIMIT).closeGrace(ofSeconds(1)))
            .onDisconnect((client, reason) -> ends.add(reason))
            .build();
    private final Server server = Server.withSmallBuffers(hub);
    private final RawSwarm swarm = new RawSwarm(server, this::onText);

    private void onText(SwarmClient client, ByteBuffer text) {
        read.incrementAndGet();
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
        server.close();
    }

    @Test
    void are_gone_within_two_seconds_of_the_limit_with_their_connections_and_hold_up_nobody() throws Exception {
        swarm.connect(READING, STALLED).forEach(SwarmClient::stopReading);
        await().until(() -> hub.online().devices().count() == READING + STALLED);

        MachinePauses pauses = new MachinePauses();
        long start = System.nanoTime();
        for (int n = 0; n < TICKS; n++) {
            hub.all().send(Tick.TYPE, Tick.of(n));
        }
        await().until(() -> read.get() == READING * TICKS);
        long others = System.nanoTime() - start;
        await().until(() -> ends.size() == STALLED);
        long ended = System.nanoTime() - start;
        await().until(() -> server.connectionCount() == READING);
        long gone = System.nanoTime() - start;
        pauses.close();

        System.out.printf(
                "beside %d stalled peers others had everything after %d ms; the stalled ended after %d ms and were gone after %d, promised %d, the machine paused %d%n",
                STALLED,
                others / 1_000_000,
                ended / 1_000_000,
                gone / 1_000_000,
                PROMISE.toMillis(),
                pauses.total().toMillis());
        assertThat(ends).containsOnly(CloseReason.SLOW_CONSUMER);
        assertThat(hub.online().devices().count()).isEqualTo(READING);
        assertThat(Duration.ofNanos(others)).isLessThan(LIMIT);
        assertThat(Duration.ofNanos(gone)).isLessThan(PROMISE.plus(pauses.total()));
    }
}
