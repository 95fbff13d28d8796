// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.runtime.DefaultRuntime;
import io.hubwire.internal.testing.Crowd;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.RecordingDeadlines;
import io.hubwire.internal.testing.SessionStage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MailboxRaceTest {
    private static final int THREADS = 8;
    private static final int EACH = 2_000;

    private final DefaultRuntime runtime = new DefaultRuntime();
    private final ExecutorService elsewhere = Executors.newFixedThreadPool(2);
    private final SessionStage stage = new SessionStage(
            runtime,
            OutboxPolicy.defaults(),
            InboundLimits.defaults().mailbox(100_000, 1 << 30),
            new RecordingDeadlines());
    private final Mailbox mailbox = stage.open(RecordingConnection.inline()).mailbox();
    private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();

    @AfterEach
    void stop() {
        elsewhere.shutdownNow();
        runtime.close();
    }

    /** Some messages complete at once and some later, on another thread. */
    private final class Message implements Mailbox.Job {
        private final int thread;
        private final int number;
        private final CountDownLatch done;

        Message(int thread, int number, CountDownLatch done) {
            this.thread = thread;
            this.number = number;
            this.done = done;
        }

        @Override
        public @Nullable CompletionStage<?> run() {
            overlaps.addAndGet(inside.getAndIncrement());
            handled.add(thread + ":" + number);
            for (int i = 0; i < number % 100; i++) {
                Thread.onSpinWait(); // so that others come while it runs
            }
            if (number % 7 > 0) {
                leave();
                return null;
            }
            CompletableFuture<String> later = new CompletableFuture<>();
            elsewhere.execute(() -> {
                leave();
                later.complete("");
            });
            return later;
        }

        private void leave() {
            inside.decrementAndGet();
            done.countDown();
        }

        @Override
        public int bytes() {
            return 10;
        }
    }

    @RepeatedTest(4)
    void everything_is_handled_once_in_the_order_of_each_thread_and_one_at_a_time() throws Exception {
        CountDownLatch done = new CountDownLatch(THREADS * EACH);

        Crowd.of(THREADS, thread -> {
            for (int i = 0; i < EACH; i++) {
                Message message = new Message(thread, i, done);
                boolean isTaken = (i % 5 == 0 && mailbox.tryRun(message)) || mailbox.offer(message);
                assertThat(isTaken).isTrue();
            }
        });

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
        assertThat(stage.context().mailboxBudget().used()).isZero();
        requireOrder(List.copyOf(handled));
    }

    private static void requireOrder(List<String> handled) {
        int[] next = new int[THREADS];
        for (String name : handled) {
            int thread = Integer.parseInt(name.substring(0, 1));
            assertThat(name).isEqualTo(thread + ":" + next[thread]++);
        }
        assertThat(next).containsOnly(EACH);
    }

    @Test
    void nothing_is_forgotten_that_comes_while_a_message_runs_on_the_thread_that_brought_it() throws Exception {
        int rounds = 3_000;
        CyclicBarrier round = new CyclicBarrier(2);

        Crowd.of(2, thread -> {
            for (int i = 0; i < rounds; i++) {
                CountDownLatch done = new CountDownLatch(1);
                Message message = new Message(thread, 7 * i + 1, done);
                round.await(5, TimeUnit.SECONDS);
                if (thread > 0 || !mailbox.tryRun(message)) {
                    mailbox.offer(message);
                }
                assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
            }
        });

        assertThat(handled).hasSize(2 * rounds);
        assertThat(overlaps).hasValue(0);
    }

    @RepeatedTest(100)
    void the_last_job_runs_last_and_once_whenever_the_lane_finishes() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        CountDownLatch ignored = new CountDownLatch(0);

        Crowd.of(4, thread -> {
            for (int i = 1; i < 20; i++) {
                if (thread == 0 && i == 10) {
                    mailbox.finish(i % 2 == 0, () -> {
                        handled.add("last");
                        last.countDown();
                        return null;
                    });
                }
                mailbox.offer(new Message(thread, i, ignored));
            }
        });

        assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(overlaps).hasValue(0);
        assertThat(List.copyOf(handled)).containsOnlyOnce("last").endsWith("last");
        assertThat(stage.context().mailboxBudget().used()).isZero();
    }
}
