// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class DefaultRuntimeTest {
    /** For so long at most, closing waits for threads. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    @Test
    void starts_no_thread_before_the_first_task() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        try (DefaultRuntime runtime = new DefaultRuntime()) {
            assertThat(runtime.nanoTime()).isNotZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .noneMatch(thread -> thread.getName().startsWith("hubwire"));
        }
    }

    @Test
    void tasks_run_on_daemon_threads() throws Exception {
        try (DefaultRuntime runtime = new DefaultRuntime()) {
            for (Work work : Work.values()) {
                CompletableFuture<Boolean> isDaemon = new CompletableFuture<>();
                runtime.execute(
                        work,
                        "any",
                        () -> isDaemon.complete(Thread.currentThread().isDaemon()));
                assertThat(isDaemon.get(5, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void a_timer_runs_after_its_delay_and_a_cancelled_one_does_not() throws Exception {
        try (DefaultRuntime runtime = new DefaultRuntime()) {
            CountDownLatch isCancelled = new CountDownLatch(1);
            CountDownLatch fired = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            runtime.schedule("busy", Duration.ZERO, () -> awaitQuietly(isCancelled)); // one timer runs at a time
            long start = runtime.nanoTime();
            runtime.schedule("no", Duration.ofMillis(30), cancelled::countDown).cancel();
            runtime.schedule("yes", Duration.ofMillis(50), fired::countDown);
            isCancelled.countDown();

            assertThat(fired.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(runtime.nanoTime() - start)
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
            assertThat(cancelled.getCount()).isEqualTo(1);
        }
    }

    @Test
    void a_task_that_blocks_every_handler_thread_leaves_the_writers_free() throws Exception {
        try (DefaultRuntime runtime = new DefaultRuntime()) {
            CountDownLatch release = new CountDownLatch(1);
            for (int i = 0; i < 200; i++) {
                runtime.execute(Work.HANDLER, "client " + i, () -> awaitQuietly(release));
            }
            CountDownLatch written = new CountDownLatch(1);
            runtime.execute(Work.WRITER, "writer", written::countDown);

            assertThat(written.await(5, TimeUnit.SECONDS)).isTrue();
            release.countDown();
        }
    }

    @Test
    void a_task_that_blocks_every_handler_thread_leaves_control_calls_free() throws Exception {
        try (DefaultRuntime runtime = new DefaultRuntime()) {
            CountDownLatch release = new CountDownLatch(1);
            for (int i = 0; i < 200; i++) {
                runtime.execute(Work.HANDLER, "client " + i, () -> awaitQuietly(release));
            }
            CountDownLatch closed = new CountDownLatch(1);
            runtime.execute(Work.CONTROL, "client 1", closed::countDown);

            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
            release.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({"PING,CONTROL", "CONTROL,PING", "PING,WRITER", "PING,HANDLER"})
    void tasks_of_one_kind_that_block_every_thread_of_theirs_leave_the_others_free(Work blocked, Work free)
            throws Exception {
        try (DefaultRuntime runtime = new DefaultRuntime()) {
            CountDownLatch release = new CountDownLatch(1);
            for (int i = 0; i < 200; i++) {
                runtime.execute(blocked, "client " + i, () -> awaitQuietly(release));
            }
            CountDownLatch done = new CountDownLatch(1);
            runtime.execute(free, "client 1", done::countDown);

            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
            release.countDown();
        }
    }

    @Test
    void no_thread_is_left_when_close_returns() throws Exception {
        int roundsInTime = 0;
        for (int round = 0; round < 20; round++) {
            Set<Thread> before = Thread.getAllStackTraces().keySet();
            DefaultRuntime runtime = new DefaultRuntime();
            CountDownLatch begun = new CountDownLatch(150);
            for (int i = 0; i < 50; i++) {
                runtime.execute(Work.HANDLER, "client " + i, begun::countDown);
                runtime.execute(Work.CONTROL, "client " + i, begun::countDown);
                runtime.execute(Work.PING, "client " + i, begun::countDown);
            }
            assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

            Duration took = timeToClose(runtime);

            Set<Thread> left = Thread.getAllStackTraces().keySet();
            left.removeIf(thread -> before.contains(thread) || !thread.getName().startsWith("hubwire"));
            if (took.compareTo(LAST_WORDS) < 0) {
                roundsInTime++;
                assertThat(left).as("what is left after %s", took).isEmpty();
            }
            for (Thread late : left) { // on a machine that held it up for longer than closing waits
                late.join(1_000);
                assertThat(late.isAlive()).isFalse();
            }
        }
        assertThat(roundsInTime).isPositive();
    }

    private static Duration timeToClose(DefaultRuntime runtime) {
        long start = System.nanoTime();
        runtime.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void closing_from_a_thread_of_its_own_does_not_wait_for_that_thread() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            DefaultRuntime runtime = new DefaultRuntime();
            CompletableFuture<Duration> closed = new CompletableFuture<>();
            runtime.execute(Work.CONTROL, "any", () -> closed.complete(timeToClose(runtime)));
            took.add(closed.get(5, TimeUnit.SECONDS));
        }

        // who waits does so every time, and who is held up by the machine does not
        assertThat(Collections.min(took)).isLessThan(LAST_WORDS.minusMillis(100));
    }

    @Test
    void an_interrupt_reaches_the_thread_it_was_taken_on_and_can_be_cleared() throws Exception {
        try (DefaultRuntime runtime = new DefaultRuntime()) {
            CompletableFuture<String> outcome = new CompletableFuture<>();
            runtime.execute(Work.HANDLER, "any", () -> {
                runtime.current().interrupt();
                boolean wasInterrupted = Thread.currentThread().isInterrupted();
                runtime.clearInterrupt();
                outcome.complete(
                        wasInterrupted + " then " + Thread.currentThread().isInterrupted());
            });

            assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo("true then false");
        }
    }

    @Test
    void after_close_nothing_is_taken_and_what_runs_is_interrupted() throws Exception {
        DefaultRuntime runtime = new DefaultRuntime();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        runtime.execute(Work.HANDLER, "any", () -> {
            begun.countDown();
            if (!awaitQuietly(new CountDownLatch(1))) {
                interrupted.countDown();
            }
        });
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();

        runtime.close();
        runtime.close();

        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> runtime.execute(Work.HANDLER, "any", () -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            return latch.await(8, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}
