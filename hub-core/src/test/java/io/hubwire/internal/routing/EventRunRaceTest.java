// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.Middleware;
import io.hubwire.OutboxPolicy;
import io.hubwire.codec.JacksonCodec;
import io.hubwire.internal.runtime.DefaultRuntime;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.testing.RacingConnection;
import io.hubwire.internal.testing.RecordingDeadlines;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.spi.ConnectionHandler;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Middleware goes on at the moment at which the message's time is over. */
class EventRunRaceTest {
    private static final int ROUNDS = 1_000;
    private static final InboundLimits LIMITS = InboundLimits.defaults()
            .eventsPerSecond(InboundLimits.UNLIMITED, InboundLimits.UNLIMITED)
            .bytesPerSecond(InboundLimits.UNLIMITED, InboundLimits.UNLIMITED);

    private final DefaultRuntime runtime = new DefaultRuntime();
    private final ExecutorService elsewhere = Executors.newFixedThreadPool(2);
    private final LinkedBlockingQueue<CompletableFuture<String>> gates = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger interruptsLeft = new AtomicInteger();
    private final RacingConnection connection = new RacingConnection(Runnable::run, 1, 2 * ROUNDS);

    @AfterEach
    void stop() {
        elsewhere.shutdownNow();
        runtime.close();
    }

    @Test
    void two_messages_of_one_client_are_never_handled_at_once_and_each_is_answered_once() throws Exception {
        ClientSession session = new SessionStage(
                        runtime, OutboxPolicy.atMost(100_000, 1 << 24), LIMITS, new RecordingDeadlines())
                .open(connection);
        ConnectionHandler handler = pipeline().open(session);

        for (int round = 0; round < ROUNDS; round++) {
            handler.onText("{\"event\":\"pay\",\"id\":\"pay-" + round + "\"}", true);
            handler.onText("{\"event\":\"other\",\"id\":\"other-" + round + "\"}", true);
            CompletableFuture<String> gate = gates.take();
            race(() -> gate.complete(""), session.mailbox()::interrupt); // which may meet the other one as well
            handler.onText("{\"event\":\"end\"}", true);
            assertThat(ends.poll(5, TimeUnit.SECONDS)).as("round %d", round).isNotNull();
        }

        assertThat(connection.hasEverything(5)).isTrue();
        assertThat(connection.sent()).hasSize(2 * ROUNDS).doesNotHaveDuplicates();
        assertThat(overlaps).hasValue(0);
        assertThat(interruptsLeft).hasValue(0);
    }

    private InboundPipeline pipeline() {
        RouteTable routes = new RouteTable();
        routes.on("pay", client -> work());
        routes.on("other", client -> work());
        routes.on("end", client -> ends.add("end"));
        Middleware late = (invocation, next) -> {
            if (!invocation.event().equals("pay")) {
                return next.proceed();
            }
            CompletableFuture<String> gate = new CompletableFuture<>();
            gates.add(gate);
            return gate.thenCompose(open -> next.proceed());
        };
        return new InboundPipeline(JacksonCodec.strict(), runtime, routes, List.of(late), Optional.empty(), LIMITS);
    }

    private void work() {
        overlaps.addAndGet(inside.getAndIncrement());
        for (int i = 0; i < 5_000; i++) {
            Thread.onSpinWait(); // so that the other one has time to come
        }
        inside.decrementAndGet();
    }

    private void race(Runnable one, Runnable other) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<?> first = elsewhere.submit(() -> runAfter(start, one));
        Future<?> second = elsewhere.submit(() -> runAfter(start, other));
        first.get(5, TimeUnit.SECONDS);
        second.get(5, TimeUnit.SECONDS);
    }

    private Void runAfter(CyclicBarrier start, Runnable task) throws Exception {
        start.await(5, TimeUnit.SECONDS);
        task.run();
        if (Thread.interrupted()) {
            interruptsLeft.incrementAndGet();
        }
        return null;
    }
}
