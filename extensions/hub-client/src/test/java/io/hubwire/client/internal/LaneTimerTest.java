// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class LaneTimerTest {
    private final List<Runnable> scheduled = new ArrayList<>();
    private final List<String> fired = new ArrayList<>();
    private final Lane lane = new Lane();
    private final LaneTimer timer = new LaneTimer(new Collecting(), lane);

    /** Keeps what is scheduled, and forgets that it was cancelled: it has fired already. */
    private final class Collecting implements ClientRuntime {
        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public double random() {
            return 0;
        }

        @Override
        public Scheduled schedule(long delayNanos, Runnable task) {
            scheduled.add(task);
            return () -> {};
        }

        @Override
        public Executor callbacks() {
            return Runnable::run;
        }
    }

    @Test
    void fires_what_it_was_armed_for_last_and_once() {
        timer.arm(1, () -> fired.add("first"));
        timer.arm(1, () -> fired.add("second"));

        scheduled.forEach(Runnable::run);
        scheduled.forEach(Runnable::run);

        assertThat(fired).containsExactly("second");
        assertThat(timer.isArmed()).isFalse();
    }

    @Test
    void does_not_fire_when_it_was_cancelled_while_its_task_was_on_the_way() {
        timer.arm(1, () -> fired.add("late"));

        lane.run(() -> {
            scheduled.get(0).run(); // waits in the lane, behind this
            timer.cancel();
        });

        assertThat(fired).isEmpty();
    }
}
