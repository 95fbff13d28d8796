// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.SendReport;
import io.hubwire.containers.CapturedLog;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The end of a hub while its clients ask, its publisher sends, some clients do not read and some handlers run. */
@Isolated
class ShutdownUnderLoadTest {
    private static final int ASKING = 200;
    private static final int WORKING = 10;
    private static final int STALLED = 20;
    private static final int ALL = ASKING + WORKING + STALLED;
    private static final int HEALTHY = ASKING + WORKING;

    /** Enough to stall those who do not read. */
    private static final int TICKS_BEFORE = 120;

    private static final int TICKS_AT_MOST = 100_000;
    private static final int WINDOW = 4;
    private static final Duration GRACE = ofSeconds(10);

    /** When the last who sets the pace has gone, ticks come faster than anybody is told of the end. */
    private static final OutboxPolicy NOBODY_IS_TOO_SLOW =
            OutboxPolicy.atMost(TICKS_AT_MOST, 1 << 30).hubBytes(1L << 30);

    private final CountDownLatch mayFinish = new CountDownLatch(1);
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger echoed = new AtomicInteger();
    private final AtomicInteger echoesReceived = new AtomicInteger();
    private final AtomicInteger refusalsReceived = new AtomicInteger();
    private final AtomicInteger resultsReceived = new AtomicInteger();
    private final Map<CloseReason, Integer> ends = new ConcurrentHashMap<>();
    private final CountDownLatch underLoad = new CountDownLatch(TICKS_BEFORE);

    /** Those who work are the last to go, so they set the publisher's pace. */
    private final TickLedger ticks = new TickLedger(ALL, WORKING, WINDOW);

    private final Hub hub = Hub.builder()
            .connections(ConnectionLimits.defaults().handshakesPerSecond(10_000, 10_000))
            .limits(InboundLimits.defaults().eventsPerSecond(1_000_000, 1_000_000))
            .outbox(NOBODY_IS_TOO_SLOW)
            .emits(Tick.TYPE)
            .onRequest("load/echo", Integer.class, (client, n) -> {
                echoed.incrementAndGet();
                return n;
            })
            .onRequest("load/work", Integer.class, (client, n) -> {
                working.incrementAndGet();
                mayFinish.await();
                return n;
            })
            .onDisconnect((client, reason) -> ends.merge(reason, 1, Integer::sum))
            .build();
    private int published;
    private final Server server = Server.withSmallBuffers(hub);
    private final RawSwarm swarm = new RawSwarm(server, this::onText);

    @BeforeEach
    void connect() throws Exception {
        swarm.connect(HEALTHY, STALLED).forEach(SwarmClient::stopReading);
        for (SwarmClient client : swarm.clients().subList(0, HEALTHY)) {
            boolean works = client.number() < WORKING;
            client.send(
                    works
                            ? "{\"event\":\"load/work\",\"data\":" + client.number() + "}"
                            : "{\"event\":\"load/echo\",\"data\":0}");
        }
        await().until(() -> working.get() == WORKING && hub.online().devices().count() == ALL);
    }

    /** Each echo is answered by the next request, as long as there are any. */
    private void onText(SwarmClient client, ByteBuffer text) {
        if (Tick.numberOf(text) >= 0) {
            ticks.onText(client, text);
            return;
        }
        String message = StandardCharsets.US_ASCII.decode(text).toString();
        if (message.contains("\"code\":1402")) {
            refusalsReceived.incrementAndGet();
        } else if (message.startsWith("{\"event\":\"load/work\",\"data\":" + client.number() + ",\"code\":0")) {
            resultsReceived.incrementAndGet();
        } else {
            assertThat(message).startsWith("{\"event\":\"load/echo\",\"data\":0,\"code\":0");
            echoesReceived.incrementAndGet();
            client.send("{\"event\":\"load/echo\",\"data\":0}");
        }
    }

    @AfterEach
    void stop() throws Exception {
        mayFinish.countDown();
        swarm.close();
        server.close();
    }

    @Test
    void everybody_is_told_and_what_was_begun_is_finished_and_nothing_is_left() throws Exception {
        FutureTask<Integer> publishing = new FutureTask<>(this::publish);
        new Thread(publishing, "publisher").start();
        assertThat(underLoad.await(30, TimeUnit.SECONDS)).isTrue();
        List<SwarmClient> healthy = swarm.clients().subList(0, HEALTHY);

        long start = System.nanoTime();
        CompletableFuture<Hub.ShutdownReport> shutdown = hub.shutdown(GRACE).toCompletableFuture();
        await().until(() -> healthy.subList(WORKING, HEALTHY).stream().allMatch(client -> client.closeCode() != 0));
        long askingTold = System.nanoTime() - start;
        assertThat(resultsReceived).hasValue(0);
        mayFinish.countDown();
        Hub.ShutdownReport report = shutdown.get(GRACE.toSeconds(), TimeUnit.SECONDS);
        long took = System.nanoTime() - start;

        await().until(() -> healthy.stream().allMatch(SwarmClient::isEnded));
        swarm.requireHealthy();
        assertThat(healthy).extracting(SwarmClient::closeCode).containsOnly(1012);
        assertThat(resultsReceived).hasValue(WORKING);
        assertThat(echoesReceived).hasValue(echoed.get());
        assertThat(report).isEqualTo(new Hub.ShutdownReport(ALL, 0));
        assertThat(ends).isEqualTo(Map.of(CloseReason.SERVICE_RESTART, ALL));
        System.out.printf(
                "shutdown: %s after %d ms, those who ask were told within %d ms; %d ticks, %d echoes, %d refusals%n",
                report,
                took / 1_000_000,
                askingTold / 1_000_000,
                publishing.get(10, TimeUnit.SECONDS),
                echoed.get(),
                refusalsReceived.get());
        assertThatNothingIsLeft();
    }

    private int publish() throws Exception {
        for (int n = 0; n < TICKS_AT_MOST; n++) {
            if (!ticks.hasRoomSoon() && hub.all().size() > STALLED) {
                continue;
            }
            SendReport sent = hub.all().send(Tick.TYPE, Tick.of(published++));
            underLoad.countDown();
            if (sent.targets() == 0) {
                break;
            }
        }
        return published;
    }

    private void assertThatNothingIsLeft() throws Exception {
        hub.close();
        assertThat(JvmState.hubThreads()).isEmpty();
        assertThat(hub.online().devices().count()).isZero();
        assertThat(server.peer().exchange().status()).isEqualTo(503);
        await().until(() -> server.connectionCount() == 0);
        try (CapturedLog log = new CapturedLog()) {
            server.stopApplication();
            assertThat(log.lines()).noneMatch(line -> line.contains("hubwire") || line.contains("SEVERE"));
        }
    }
}
