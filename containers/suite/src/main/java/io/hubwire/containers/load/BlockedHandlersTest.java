// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.StandardEvents;
import io.hubwire.containers.MachinePauses;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Every thread that could run a handler is held by one. */
@Isolated
class BlockedHandlersTest {
    private static final int BLOCKED = 100;
    private static final int FREE = 10;
    private static final boolean HAS_VIRTUAL_THREADS = Runtime.version().feature() >= 21;

    /** All of them where a handler has a thread of its own; elsewhere as many as the hub has threads. */
    private static final int HELD = HAS_VIRTUAL_THREADS ? BLOCKED : 64;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger interrupts = new AtomicInteger();
    private final BlockingQueue<SwarmClient> answered = new LinkedBlockingQueue<>();
    private final Hub hub = Hub.builder()
            .install(StandardEvents.ping(), StandardEvents.kick())
            .on("load/hold", client -> hold())
            .heartbeat(HeartbeatPolicy.pingEvery(ofMillis(500)).answerWithin(ofSeconds(8)))
            .build();
    private final Server server = Server.of(hub);
    private final RawSwarm swarm = new RawSwarm(server, this::onText);

    @BeforeEach
    void holdEveryHandlerThread() throws Exception {
        for (int i = 0; i < BLOCKED + FREE; i++) {
            SwarmClient client = swarm.connect();
            if (i < BLOCKED) {
                client.send("{\"event\":\"load/hold\"}");
            }
        }
        await().until(() -> held.get() == HELD);
    }

    /** Ignores interrupts, as a driver of a database may. */
    private void hold() {
        held.incrementAndGet();
        boolean isOpen = false;
        while (!isOpen) {
            try {
                isOpen = gate.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
            }
        }
    }

    private void onText(SwarmClient client, ByteBuffer text) {
        String message = StandardCharsets.UTF_8.decode(text).toString();
        if (message.startsWith("{\"event\":\"ping\",\"code\":0")) {
            answered.add(client);
        }
    }

    @AfterEach
    void stop() throws Exception {
        gate.countDown();
        server.close();
        swarm.close();
    }

    @Test
    void a_ping_is_answered_at_once_for_the_blocked_clients_too() throws Exception {
        Figures roundTrips = new Figures();
        for (int round = 0; round < 3; round++) {
            for (SwarmClient client : swarm.clients()) {
                long start = System.nanoTime();
                client.send("{\"event\":\"ping\"}");
                assertThat(answered.poll(10, TimeUnit.SECONDS)).isEqualTo(client);
                roundTrips.add(System.nanoTime() - start);
            }
        }

        assertThat(held).hasValue(HELD);
        System.out.println("pings while " + HELD + " handlers block: " + roundTrips);
        assertThat(roundTrips.atMost(1)).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void heartbeats_go_on_and_nobody_who_answers_them_is_lost() {
        await().atMost(ofSeconds(20))
                .until(() ->
                        swarm.clients().stream().allMatch(client -> client.pings() >= 2 || client.closeCode() != 0));

        assertThat(swarm.clients()).extracting(SwarmClient::closeCode).containsOnly(0);
        assertThat(hub.online().devices().count()).isEqualTo(BLOCKED + FREE);
    }

    @Test
    void who_is_kicked_is_told_and_gone() {
        long start = System.nanoTime();
        assertThat(hub.all().kick(CloseReason.KICKED)).isEqualTo(BLOCKED + FREE);

        await().atMost(ofSeconds(10)).until(() -> swarm.clients().stream().allMatch(SwarmClient::isEnded));
        System.out.printf("kicked while handlers block, gone after %d ms%n", (System.nanoTime() - start) / 1_000_000);
        assertThat(swarm.clients()).extracting(SwarmClient::closeCode).containsOnly(4004);
        // clients see the end of a connection before its descriptor is gone
        await().atMost(ofSeconds(5)).until(() -> server.connectionCount() == 0);
    }

    @Test
    void a_shutdown_is_over_within_its_grace_even_if_the_handlers_ignore_it() throws Exception {
        MachinePauses pauses = new MachinePauses();
        long start = System.nanoTime();
        Hub.ShutdownReport report =
                hub.shutdown(ofSeconds(2)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        long took = System.nanoTime() - start;
        pauses.close();

        System.out.printf("shutdown while handlers block: %s after %d ms%n", report, took / 1_000_000);
        assertThat(Duration.ofNanos(took)).isLessThan(ofSeconds(4).plus(pauses.total()));
        assertThat(report.sessions()).isEqualTo(BLOCKED + FREE);
        assertThat(report.aborted()).isGreaterThanOrEqualTo(HELD);
        await().until(() -> interrupts.get() >= HELD);
    }
}
