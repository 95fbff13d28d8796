// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.OutboxPolicy;
import io.hubwire.internal.runtime.DefaultRuntime;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.testing.CountingReceipt;
import io.hubwire.internal.testing.Crowd;
import io.hubwire.internal.testing.RacingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime.Work;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class OutboxRaceTest {
    private static final int THREADS = 8;
    private static final int EACH = 2_000;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final DefaultRuntime runtime = new DefaultRuntime();
    private final ExecutorService container = Executors.newFixedThreadPool(2);
    private final SessionStage stage = SessionStage.of(runtime, OutboxPolicy.atMost(1_000_000, 1 << 30));
    private final CountingReceipt receipt = new CountingReceipt();

    @AfterEach
    void stop() {
        container.shutdownNow();
        runtime.close();
    }

    @RepeatedTest(4)
    void everything_arrives_once_in_the_order_of_each_thread_and_one_at_a_time(RepetitionInfo repetition)
            throws Exception {
        RacingConnection connection =
                new RacingConnection(container, repetition.getCurrentRepetition(), THREADS * EACH);
        Outbox outbox = stage.open(connection).outbox();

        Crowd.of(THREADS, thread -> {
            for (int i = 0; i < EACH; i++) {
                assertThat(outbox.offer(message(thread + ":" + i, receipt), (i + thread) % 3 > 0))
                        .isNull();
            }
        });

        assertThat(connection.hasEverything(10)).isTrue();
        assertThat(connection.overlaps()).isZero();
        requireOrder(connection.sent());
        assertThat(receipt.written()).isEqualTo(THREADS * EACH);
        assertThat(stage.context().outboxBudget().used()).isZero();
    }

    @RepeatedTest(4)
    void pings_in_between_never_meet_a_send_and_lose_nothing(RepetitionInfo repetition) throws Exception {
        RacingConnection connection =
                new RacingConnection(container, repetition.getCurrentRepetition(), THREADS * EACH);
        Outbox outbox = stage.open(connection).outbox();

        Crowd.of(THREADS + 1, thread -> {
            for (int i = 0; i < EACH; i++) {
                if (thread == THREADS) {
                    outbox.ping();
                } else {
                    outbox.offer(message(thread + ":" + i, receipt), i % 2 == 0);
                }
            }
        });

        assertThat(connection.hasEverything(10)).isTrue();
        assertThat(connection.overlaps()).isZero();
        requireOrder(connection.sent());
        awaitPing(connection);
    }

    @RepeatedTest(30)
    void every_message_that_was_taken_is_written_or_lost_once_whenever_the_session_ends(RepetitionInfo repetition)
            throws Exception {
        int seed = repetition.getCurrentRepetition();
        RacingConnection connection = new RacingConnection(container, seed, 0);
        ClientSession session = stage.open(connection);
        AtomicInteger taken = new AtomicInteger();

        Crowd.of(THREADS + 1, thread -> {
            for (int i = 0; i < 200; i++) {
                if (i % 20 == thread) {
                    session.outbox().ping();
                }
                if (thread < THREADS) {
                    boolean isTaken = session.offer(message(thread + ":" + i, receipt), i % 2 == 0) == null;
                    taken.addAndGet(isTaken ? 1 : 0);
                } else if (i == seed * 5) {
                    session.end(CloseReason.KICKED, Ending.values()[seed % 3]);
                }
            }
        });
        session.end(CloseReason.NORMAL, Ending.DRAINED);
        awaitSettled(taken.get());

        assertThat(connection.overlaps()).isZero();
        assertThat(receipt.written() + receipt.lost()).isEqualTo(taken.get());
        assertThat(stage.context().outboxBudget().used()).isZero();
        assertThat(connection.closes()).isLessThanOrEqualTo(1);
    }

    /** What was taken is settled soon; a receipt that is lost or told twice is not. */
    private void awaitSettled(int taken) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (receipt.written() + receipt.lost() < taken && System.nanoTime() < deadline) {
            letRun(Work.WRITER);
        }
    }

    /** The last that was wanted is made when nothing else is written. */
    private void awaitPing(RacingConnection connection) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        while (connection.pings() == 0 && System.nanoTime() < deadline) {
            letRun(Work.PING);
        }
        assertThat(connection.pings()).isPositive();
    }

    private void letRun(Work work) throws InterruptedException {
        CountDownLatch passed = new CountDownLatch(1);
        runtime.execute(work, "rest", passed::countDown);
        assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void requireOrder(List<String> sent) {
        int[] next = new int[THREADS];
        for (String text : sent) {
            int thread = Integer.parseInt(text.substring(0, 1));
            assertThat(text).isEqualTo(thread + ":" + next[thread]++);
        }
        assertThat(next).containsOnly(EACH);
    }
}
