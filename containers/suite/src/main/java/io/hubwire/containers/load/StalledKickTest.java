// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.OutboxPolicy;
import io.hubwire.SendReport;
import io.hubwire.StandardEvents;
import io.hubwire.containers.MachinePauses;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients that stopped reading are kicked. */
@Isolated
class StalledKickTest {
    private static final int STALLED = 100;
    private static final int READING = 10;

    /** More than the sockets' buffers hold, less than an outbox does. */
    private static final int TICKS = 120;

    private static final Duration PROMISE =
            OutboxPolicy.defaults().closeGrace().multipliedBy(2).plusSeconds(1);

    private final Queue<CloseReason> ends = new ConcurrentLinkedQueue<>();
    private final TickLedger ticks = new TickLedger(READING + STALLED, READING, TICKS);
    private final Hub hub = Hub.builder()
            .install(StandardEvents.kick())
            .emits(Tick.TYPE)
            .connections(ConnectionLimits.defaults().handshakesPerSecond(10_000, 10_000))
            .onDisconnect((client, reason) -> ends.add(reason))
            .build();
    private final Server server = Server.withSmallBuffers(hub);
    private final RawSwarm swarm = new RawSwarm(server, ticks);

    @BeforeEach
    void stall() throws Exception {
        swarm.connect(READING, STALLED).forEach(SwarmClient::stopReading);
        await().until(() -> hub.online().devices().count() == READING + STALLED);
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
        server.close();
    }

    @Test
    void they_are_gone_within_twice_the_close_grace_with_their_connections() throws Exception {
        CompletableFuture<SendReport.Outcome> last = new CompletableFuture<>();
        for (int n = 0; n < TICKS; n++) {
            last = hub.all().send(Tick.TYPE, Tick.of(n)).written().toCompletableFuture();
        }
        ticks.awaitAll();
        assertThat(last).isNotDone();

        MachinePauses pauses = new MachinePauses();
        long start = System.nanoTime();
        assertThat(hub.all().kick(CloseReason.KICKED)).isEqualTo(READING + STALLED);
        await().until(() -> ends.size() == READING + STALLED);
        long ended = System.nanoTime() - start;
        List<SwarmClient> reading = swarm.clients().subList(0, READING);
        await().atMost(ofSeconds(30))
                .until(() -> server.connectionCount() == 0 && reading.stream().allMatch(SwarmClient::isEnded));
        long gone = System.nanoTime() - start;
        pauses.close();

        System.out.printf(
                "%d stalled clients kicked: sessions ended after %d ms, connections gone after %d ms, promised %d ms, the machine paused %d ms%n",
                STALLED,
                ended / 1_000_000,
                gone / 1_000_000,
                PROMISE.toMillis(),
                pauses.total().toMillis());
        assertThat(Duration.ofNanos(gone)).isLessThan(PROMISE.plus(pauses.total()));
        swarm.clients().forEach(SwarmClient::goOnReading);
        await().until(() -> swarm.clients().stream().allMatch(SwarmClient::isEnded));
        assertThat(ends).containsOnly(CloseReason.KICKED);
        assertThat(reading).extracting(SwarmClient::closeCode).containsOnly(4004);
        assertThat(last.get(10, TimeUnit.SECONDS).lost()).isGreaterThanOrEqualTo(STALLED);
    }
}
