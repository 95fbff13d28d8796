// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Timers;
import io.hubwire.internal.testing.ManualRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultTimersTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final DefaultTimers timers = new DefaultTimers(runtime);
    private final List<String> ran = new ArrayList<>();

    @Test
    void a_task_runs_after_its_delay_once() {
        timers.after(Duration.ofSeconds(3), () -> ran.add("a"));

        seconds(2);
        assertThat(ran).isEmpty();
        seconds(100);

        assertThat(ran).containsExactly("a");
    }

    @Test
    void a_task_runs_at_its_time_and_at_once_if_that_has_passed() {
        timers.at(timers.now().plusSeconds(5), () -> ran.add("later"));
        timers.at(timers.now().minusSeconds(5), () -> ran.add("now"));

        seconds(0);
        assertThat(ran).containsExactly("now");
        seconds(5);

        assertThat(ran).containsExactly("now", "later");
    }

    @Test
    void a_task_runs_again_and_again_until_it_is_cancelled() {
        Timers.Task task = timers.every(Duration.ofSeconds(2), () -> ran.add("x"));

        seconds(7);
        assertThat(ran).hasSize(3);
        task.cancel();
        task.cancel();
        seconds(100);

        assertThat(ran).hasSize(3);
        assertThat(runtime.pendingTimers()).isEmpty();
    }

    @Test
    void a_task_may_cancel_itself() {
        List<Timers.Task> self = new ArrayList<>();
        self.add(timers.every(Duration.ofSeconds(1), () -> {
            ran.add("x");
            self.get(0).cancel();
        }));

        seconds(10);

        assertThat(ran).containsExactly("x");
    }

    @Test
    void a_run_that_takes_longer_delays_the_next() {
        timers.every(Duration.ofSeconds(2), () -> {
            ran.add("x");
            runtime.pause(Duration.ofSeconds(5));
        });

        seconds(2);
        assertThat(ran).hasSize(1);
        seconds(1);
        assertThat(ran).hasSize(1);
        seconds(1);
        assertThat(ran).hasSize(2);
    }

    @Test
    void what_a_task_throws_ends_no_repetition() {
        timers.every(Duration.ofSeconds(1), () -> {
            ran.add("x");
            throw new IllegalStateException("thrown on purpose");
        });

        seconds(3);

        assertThat(ran).hasSize(3);
    }

    @Test
    void delays_and_periods_out_of_range_are_refused_with_their_value() {
        assertThatThrownBy(() -> timers.after(Duration.ofSeconds(-1), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timer delay is PT-1S, allowed is zero or more");
        assertThatThrownBy(() -> timers.every(Duration.ZERO, () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("timer period is PT0S, allowed is more than zero");
    }

    @Test
    void a_time_that_never_comes_is_no_trouble() {
        timers.at(Instant.MAX, () -> ran.add("end of time"));
        timers.after(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.add("for ever"));
        timers.every(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.add("seldom"));

        seconds(100_000_000);

        assertThat(ran).isEmpty();
    }

    @Test
    void after_close_nothing_starts() {
        timers.after(Duration.ofSeconds(1), () -> ran.add("pending"));
        timers.every(Duration.ofSeconds(1), () -> ran.add("periodic"));

        timers.close();
        seconds(10);

        assertThat(ran).isEmpty();
        assertThat(runtime.pendingTimers()).isEmpty();
    }

    @Test
    void after_the_end_of_the_hub_a_task_is_taken_and_never_starts() {
        timers.close();
        timers.after(Duration.ofSeconds(1), () -> ran.add("late")).cancel();
        runtime.close();

        timers.after(Duration.ofSeconds(1), () -> ran.add("later")).cancel();
        timers.every(Duration.ofSeconds(1), () -> ran.add("latest")).cancel();

        assertThat(ran).isEmpty();
        assertThat(runtime.pendingTimers()).isEmpty();
    }

    @Test
    void the_executor_runs_tasks_on_the_hub() {
        timers.executor().execute(() -> ran.add("x"));

        assertThat(ran).isEmpty();
        runtime.runAll();
        assertThat(ran).containsExactly("x");
    }

    private void seconds(long seconds) {
        runtime.advance(Duration.ofSeconds(seconds));
    }
}
