// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.Timers;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hub's timers for applications follow the test's clock. */
class TimersTest {
    private final TestHub hub = TestHub.of();
    private final Timers timers = hub.hub().timers();
    private final List<Duration> ran = new ArrayList<>();

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void at_a_time() {
        timers.at(hub.now().plusSeconds(90), this::note);

        hub.advance(Duration.ofSeconds(89));
        assertThat(ran).isEmpty();
        hub.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void at_a_time_that_has_passed_at_once() {
        hub.advance(Duration.ofSeconds(5));

        timers.at(hub.now().minusSeconds(1), this::note);
        assertThat(ran).isEmpty();
        hub.settle();

        assertThat(ran).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void after_a_delay() {
        timers.after(Duration.ofMillis(1_500), this::note);

        hub.advance(Duration.ofSeconds(10));

        assertThat(ran).containsExactly(Duration.ofMillis(1_500));
    }

    @Test
    void again_and_again() {
        Timers.Task task = timers.every(Duration.ofSeconds(10), this::note);

        hub.advance(Duration.ofSeconds(35));
        task.cancel();
        hub.advance(Duration.ofSeconds(35));

        assertThat(ran).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    @Test
    void a_task_that_was_called_off_does_not_run() {
        timers.after(Duration.ofSeconds(1), this::note).cancel();

        hub.advance(Duration.ofSeconds(2));

        assertThat(ran).isEmpty();
    }

    @Test
    void a_task_that_throws_does_not_stop_its_repetition() {
        timers.every(Duration.ofSeconds(10), () -> {
            note();
            throw new IllegalStateException("broken task");
        });

        hub.advance(Duration.ofSeconds(25));

        assertThat(ran).hasSize(2);
    }

    @Test
    void the_executor_runs_a_task_when_the_hub_settles() {
        timers.executor().execute(this::note);
        assertThat(ran).isEmpty();

        hub.settle();

        assertThat(ran).containsExactly(Duration.ZERO);
    }

    @Test
    void the_clock_is_the_test_s() {
        hub.advance(Duration.ofHours(1));

        assertThat(timers.now()).isEqualTo(hub.now());
    }

    @Test
    void bad_times_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> timers.after(Duration.ofSeconds(-1), this::note));
        assertThatIllegalArgumentException().isThrownBy(() -> timers.every(Duration.ZERO, this::note));
    }

    private void note() {
        ran.add(hub.time().elapsed());
    }
}
