// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.internal.testing.ManualRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CoarseTimerTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final List<String> due = new ArrayList<>();
    private final List<Duration> lateness = new ArrayList<>();
    private final CoarseTimer<String> timer = new CoarseTimer<>(runtime, "test timer", (item, late) -> {
        due.add(item);
        lateness.add(Duration.ofNanos(late));
    });

    @Test
    void an_item_is_due_at_its_time_or_up_to_a_tick_later() {
        add("a", 250);

        advance(249);
        assertThat(due).isEmpty();
        advance(51);

        assertThat(due).containsExactly("a");
        assertThat(lateness).containsExactly(Duration.ZERO);
    }

    @Test
    void an_item_is_never_early() {
        Random random = new Random(3);
        long start = runtime.nanoTime();
        List<String> early = new ArrayList<>();
        CoarseTimer<Long> checked = new CoarseTimer<>(runtime, "checked", (dueNanos, late) -> {
            long by = runtime.nanoTime() - dueNanos;
            if (by < 0 || by > Duration.ofMillis(100).toNanos()) {
                early.add(by + " ns");
            }
            due.add("one");
        });
        for (int i = 0; i < 1_000; i++) {
            long at = start + 1 + random.nextInt(1_000_000_000);
            checked.add(at, at);
        }

        advance(2_000);

        assertThat(early).isEmpty();
        assertThat(due).hasSize(1_000);
    }

    @Test
    void items_are_due_in_the_order_of_their_ticks_and_share_one_timer_of_the_runtime() {
        add("c", 900);
        add("a", 150);
        add("b", 200);
        add("b too", 200);

        assertThat(runtime.pendingTimers()).containsExactly("test timer");
        advance(1_000);

        assertThat(due).containsExactly("a", "b", "b too", "c");
        assertThat(runtime.pendingTimers()).isEmpty();
    }

    @Test
    void an_item_that_is_due_already_comes_with_the_next_tick() {
        advance(1_050);

        add("past", -500);
        add("now", 0);
        advance(50);

        assertThat(due).containsExactly("past", "now");
    }

    @Test
    void a_tick_that_comes_late_says_by_how_much() {
        add("a", 100);
        add("b", 300);

        runtime.pause(Duration.ofSeconds(5));
        advance(0);

        assertThat(due).containsExactly("a", "b");
        assertThat(lateness).containsExactly(Duration.ofMillis(4900), Duration.ofMillis(4700));
    }

    @Test
    void an_action_may_add_its_item_again() {
        List<String> times = new ArrayList<>();
        List<CoarseTimer<String>> self = new ArrayList<>();
        CoarseTimer<String> periodic = new CoarseTimer<>(runtime, "periodic", (item, late) -> {
            times.add(item + " at " + runtime.now().toEpochMilli() % 100_000);
            self.get(0).add(item, runtime.nanoTime() + Duration.ofMillis(200).toNanos());
        });
        self.add(periodic);
        periodic.add("x", runtime.nanoTime() + 1);

        advance(750);

        assertThat(times).containsExactly("x at 33100", "x at 33300", "x at 33500", "x at 33700");
        assertThat(runtime.pendingTimers()).containsExactly("periodic");
    }

    @Test
    void an_action_that_adds_what_is_due_at_once_does_not_hold_the_clock_still() {
        List<CoarseTimer<String>> self = new ArrayList<>();
        CoarseTimer<String> eager = new CoarseTimer<>(runtime, "eager", (item, late) -> {
            due.add(item);
            if (due.size() > 1_000) {
                throw new AssertionError("time stands still");
            }
            self.get(0).add(item, runtime.nanoTime());
        });
        self.add(eager);
        eager.add("x", runtime.nanoTime());

        advance(1_000);

        assertThat(due).hasSizeBetween(9, 11);
    }

    @Test
    void items_added_for_the_past_while_it_fires_leave_no_timers_behind() {
        List<CoarseTimer<String>> self = new ArrayList<>();
        CoarseTimer<String> busy = new CoarseTimer<>(runtime, "busy", (item, late) -> {
            if (item.equals("again")) {
                self.get(0)
                        .add("past", runtime.nanoTime() - Duration.ofSeconds(3).toNanos());
                self.get(0)
                        .add("again", runtime.nanoTime() + Duration.ofSeconds(1).toNanos());
            }
        });
        self.add(busy);
        advance(5_000);
        busy.add("again", runtime.nanoTime());

        advance(60_000);

        assertThat(runtime.pendingTimers()).containsExactly("busy");
    }

    @Test
    void an_item_that_throws_stops_neither_the_others_nor_the_timer() {
        CoarseTimer<String> fragile = new CoarseTimer<>(runtime, "fragile", (item, late) -> {
            if (item.equals("bad")) {
                throw new AssertionError("thrown on purpose");
            }
            due.add(item);
        });
        fragile.add("bad", runtime.nanoTime() + 1);
        fragile.add("good", runtime.nanoTime() + 1);
        fragile.add("later", runtime.nanoTime() + Duration.ofSeconds(1).toNanos());

        advance(2_000);

        assertThat(due).containsExactly("good", "later");
    }

    @Test
    void a_closed_timer_forgets_its_items_and_takes_no_more() {
        add("a", 100);

        timer.close();
        add("b", 100);
        advance(1_000);

        assertThat(due).isEmpty();
        assertThat(runtime.pendingTimers()).isEmpty();
    }

    @Test
    void a_timer_that_was_idle_for_long_works_as_before() {
        add("a", 100);
        advance(1_000_000);
        add("b", 100);

        advance(200);

        assertThat(due).containsExactly("a", "b");
        assertThat(lateness).containsOnly(Duration.ZERO);
    }

    private void add(String item, long millis) {
        timer.add(item, runtime.nanoTime() + Duration.ofMillis(millis).toNanos());
    }

    private void advance(long millis) {
        runtime.advance(Duration.ofMillis(millis));
    }
}
