// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TestRuntimeTest {
    private final TestRuntime runtime = TestRuntime.create();
    private final List<String> ran = new ArrayList<>();

    @Test
    void nothing_runs_inside_execute() {
        submit("a", () -> ran.add("task"));

        assertThat(ran).isEmpty();
    }

    @Test
    void tasks_run_in_the_order_in_which_they_were_submitted() {
        submit("a", () -> ran.add("a1"));
        submit("b", () -> ran.add("b1"));
        submit("a", () -> ran.add("a2"));

        runtime.settle();

        assertThat(ran).containsExactly("a1", "b1", "a2");
    }

    @Test
    void whoever_meets_a_thread_that_is_stuck_in_a_task_is_told_where_it_is() throws Exception {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> never = new CompletableFuture<>();
        submit("a", () -> {
            begun.complete(null);
            never.join();
        });
        Thread stuck = new Thread(runtime::settle, "stuck");
        stuck.start();
        begun.join();

        assertThatIllegalStateException()
                .isThrownBy(() -> runtime.beginSettling(Duration.ofMillis(1)))
                .withMessageStartingWith("thread 'stuck' has run this hub's work for more than 1 ms")
                .havingCause()
                .satisfies(where -> assertThat(where.getStackTrace())
                        .extracting("methodName")
                        .contains("settle"));
        never.complete(null);
        stuck.join();
    }

    @Test
    void settling_runs_what_tasks_submit() {
        submit("a", () -> submit("a", () -> ran.add("second")));

        runtime.settle();

        assertThat(ran).containsExactly("second");
    }

    @Test
    void settling_within_a_task_leaves_the_rest_to_the_outer_call() {
        submit("a", () -> {
            submit("b", () -> ran.add("later"));
            runtime.settle();
            ran.add("first");
        });

        runtime.settle();

        assertThat(ran).containsExactly("first", "later");
    }

    @Test
    void a_hub_that_never_rests_is_stopped_and_its_last_strands_are_named() {
        submit("restless", this::submitMyself);

        assertThatIllegalStateException()
                .isThrownBy(runtime::settle)
                .withMessageContaining("200000 tasks")
                .withMessageContaining("restless");
    }

    @Test
    void what_a_task_throws_fails_the_test_with_its_strand() {
        submit("broken", () -> {
            throw new IllegalArgumentException("oh");
        });

        assertThatIllegalStateException()
                .isThrownBy(runtime::settle)
                .withMessageContaining("broken")
                .withMessageContaining("oh");
    }

    @Test
    void the_clock_begins_in_2030_and_stands_still() {
        assertThat(runtime.now()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));

        runtime.settle();

        assertThat(runtime.now()).isEqualTo(VirtualTime.START);
    }

    @Test
    void both_clocks_move_on_by_the_same_time_from_different_origins() {
        long before = runtime.nanoTime();

        runtime.advance(Duration.ofSeconds(3));

        assertThat(runtime.nanoTime() - before).isEqualTo(3_000_000_000L);
        assertThat(runtime.now()).isEqualTo(VirtualTime.START.plusSeconds(3));
        assertThat(before).isNotEqualTo(VirtualTime.START.toEpochMilli() * 1_000_000);
    }

    @Test
    void time_goes_from_timer_to_timer_and_skips_none() {
        timer("second", 20);
        timer("first", 10);
        timer("beyond", 31);

        runtime.advance(Duration.ofSeconds(30));

        assertThat(ran).containsExactly("first at +10.000s", "second at +20.000s");
        assertThat(runtime.time().elapsed()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_timer_that_a_timer_sets_within_the_span_runs_too() {
        runtime.schedule("outer", Duration.ofSeconds(10), () -> timer("inner", 5));

        runtime.advance(Duration.ofSeconds(15));

        assertThat(ran).containsExactly("inner at +15.000s");
    }

    @Test
    void what_a_timer_submits_is_done_before_the_clock_moves_on() {
        runtime.schedule("timer", Duration.ofSeconds(10), () -> submit("a", () -> ran.add("task" + at())));
        timer("next", 11);

        runtime.advance(Duration.ofSeconds(60));

        assertThat(ran).containsExactly("task at +10.000s", "next at +11.000s");
    }

    @Test
    void timers_that_are_due_together_run_in_the_order_of_their_setting() {
        timer("a", 1);
        timer("b", 1);

        runtime.advance(Duration.ofSeconds(1));

        assertThat(ran).containsExactly("a at +1.000s", "b at +1.000s");
    }

    @Test
    void a_timer_without_a_delay_runs_when_the_hub_settles() {
        timer("now", 0);

        runtime.settle();

        assertThat(ran).containsExactly("now at +0.000s");
    }

    @Test
    void a_timer_that_was_called_off_does_not_run() {
        runtime.schedule("never", Duration.ofSeconds(1), () -> ran.add("never")).cancel();

        runtime.advance(Duration.ofSeconds(2));

        assertThat(ran).isEmpty();
    }

    @Test
    void pending_timers_are_listed_with_label_and_time() {
        timer("later", 20);
        timer("soon", 10);

        assertThat(runtime.time().pendingTimers()).hasToString("['soon' at +10.000s, 'later' at +20.000s]");
    }

    @Test
    void time_does_not_go_back() {
        assertThatIllegalArgumentException().isThrownBy(() -> runtime.advance(Duration.ofSeconds(-1)));
    }

    @Test
    void every_run_sees_the_same_random_numbers() {
        long number = runtime.random().nextLong();

        assertThat(TestRuntime.create().random().nextLong()).isEqualTo(number);
        assertThat(TestRuntime.seeded(2).random().nextLong()).isNotEqualTo(number);
    }

    @Test
    void the_test_s_thread_is_never_interrupted() {
        runtime.current().interrupt();
        runtime.clearInterrupt();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void what_another_thread_submits_is_awaited_and_runs_on_the_test_s_thread() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        Thread other = new Thread(() -> submit("a", () -> threads.add(Thread.currentThread())));

        other.start();
        runtime.settleUntil(() -> !threads.isEmpty());
        other.join();

        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void waiting_for_another_thread_has_an_end() {
        AtomicBoolean never = new AtomicBoolean();

        assertThatIllegalStateException()
                .isThrownBy(() -> runtime.settleUntil(never::get, Duration.ofMillis(20)))
                .withMessageContaining("20 ms");
    }

    @Test
    void a_closed_runtime_takes_nothing_and_forgets_its_timers() {
        timer("forgotten", 1);
        runtime.close();

        assertThat(runtime.time().pendingTimers()).isEmpty();
        assertThatThrownBy(() -> submit("a", () -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private void submitMyself() {
        submit("restless", this::submitMyself);
    }

    private void submit(String strand, Runnable task) {
        runtime.execute(Work.HANDLER, strand, task);
    }

    private void timer(String label, int seconds) {
        runtime.schedule(label, Duration.ofSeconds(seconds), () -> ran.add(label + at()));
    }

    private String at() {
        return " at " + VirtualTime.offset(runtime.time().elapsed());
    }
}
