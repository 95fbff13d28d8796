// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.OutboxPolicy;
import io.hubwire.containers.Server;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A thousand clients, a tenth of which read slower than messages come. */
@Isolated
class SlowReadersTest {
    private static final int CLIENTS = 1_000;
    private static final int SLOW = 100;
    private static final int FAST = CLIENTS - SLOW;
    private static final Duration PAUSE_OF_SLOW = Duration.ofMillis(50);

    /** 25 ticks a second, where the slow ones read 20. */
    private static final long EVERY_MILLIS = 40;

    private static final int TICKS = 100;
    private static final int RUNS = 2;

    private final AtomicLongArray sentAt = new AtomicLongArray(RUNS * TICKS);
    private final TickLedger ledger = new TickLedger(CLIENTS, FAST, RUNS * TICKS);

    /** Of the fast ones in the present run; the swarm's thread only, until all is counted. */
    private volatile Figures delays = new Figures();

    private final Hub hub = Hub.builder()
            .emits(Tick.TYPE)
            .connections(ConnectionLimits.defaults().handshakesPerSecond(100_000, 100_000))
            .outbox(OutboxPolicy.defaults().hubBytes(1L << 30)) // room for all ticks, if all clients are held up
            .build();
    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger counted = new AtomicInteger();
    private volatile int published;
    private final Server server = Server.withSmallBuffers(hub);
    private final RawSwarm swarm = new RawSwarm(server, this::onText);

    @BeforeEach
    void connect() throws Exception {
        swarm.connect(FAST, SLOW);
        await().until(() -> hub.online().devices().count() == CLIENTS);
    }

    private void onText(SwarmClient client, ByteBuffer text) {
        if (client.number() < FAST) {
            delays.add(System.nanoTime() - sentAt.get(Tick.numberOf(text)));
            counted.incrementAndGet();
        }
        ledger.onText(client, text);
    }

    @AfterEach
    void stop() throws Exception {
        publisher.shutdownNow();
        swarm.close();
        server.close();
    }

    @Test
    void do_not_delay_the_others() throws Exception {
        Figures alone = run();
        List<SwarmClient> slow = swarm.clients().subList(FAST, CLIENTS);
        slow.forEach(client -> swarm.slowDown(client, PAUSE_OF_SLOW));

        Figures beside = run();

        System.out.println("4 KiB to " + FAST + " of " + CLIENTS + ", nobody slow: " + alone);
        System.out.println("4 KiB to " + FAST + " of " + CLIENTS + ", beside " + SLOW + " slow ones: " + beside);
        assertThat(alone.count()).isEqualTo(FAST * TICKS);
        assertThat(beside.count()).isEqualTo(FAST * TICKS);
        assertThat(hub.online().devices().count()).isEqualTo(CLIENTS);
    }

    private Figures run() throws Exception {
        Figures run = new Figures();
        delays = run;
        CountDownLatch left = new CountDownLatch(TICKS);
        Future<?> publishing =
                publisher.scheduleAtFixedRate(() -> publish(left), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
        publishing.cancel(false);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            swarm.requireHealthy();
            assertThat(swarm.clients()).extracting(SwarmClient::closeCode).containsOnly(0);
            assertThat(counted).hasValue(published * FAST);
        });
        return run;
    }

    private void publish(CountDownLatch left) {
        if (left.getCount() > 0) {
            Tick tick = Tick.of(published);
            sentAt.set(published, System.nanoTime());
            published++;
            hub.all().send(Tick.TYPE, tick);
            left.countDown();
        }
    }
}
