// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InterleavingTest {
    private static final int TASKS = 30;

    private final Interleaving interleaving = Interleaving.seeded(1);
    private final TestRuntime runtime = TestRuntime.interleaved(interleaving);
    private final List<String> ran = new ArrayList<>();

    private void submit() {
        for (int i = 0; i < TASKS; i++) {
            String name = "abc".charAt(i % 3) + "" + i;
            runtime.execute(Work.HANDLER, name.substring(0, 1), () -> ran.add(name));
        }
    }

    private static List<String> run(long seed) {
        InterleavingTest test = new InterleavingTest();
        test.interleaving.reseed(seed);
        test.submit();
        test.runtime.settle();
        return test.ran;
    }

    @Test
    void a_strand_keeps_its_own_order() {
        submit();
        runtime.settle();

        for (String strand : List.of("a", "b", "c")) {
            assertThat(ran.stream()
                            .filter(name -> name.startsWith(strand))
                            .map(name -> Integer.valueOf(name.substring(1))))
                    .hasSize(TASKS / 3)
                    .isSorted();
        }
    }

    @Test
    void strands_of_one_name_and_two_kinds_of_work_are_two() {
        List<List<String>> orders = LongStream.iterate(1, seed -> seed * 31)
                .limit(12)
                .mapToObj(seed -> {
                    List<String> order = new ArrayList<>();
                    Interleaving choice = Interleaving.seeded(seed);
                    TestRuntime other = TestRuntime.interleaved(choice);
                    other.execute(Work.HANDLER, "s", () -> order.add("handler"));
                    other.execute(Work.PING, "s", () -> order.add("ping"));
                    other.settle();
                    return order;
                })
                .toList();

        assertThat(orders).contains(List.of("handler", "ping"), List.of("ping", "handler"));
    }

    @Test
    void a_seed_always_gives_the_same_order() {
        assertThat(run(7)).isEqualTo(run(7));
        assertThat(run(7)).isNotEqualTo(run(8));
    }

    @Test
    void only_a_few_tasks_run_while_it_is_hurried() {
        interleaving.hurry(5, 1_000_000);
        submit();
        runtime.settle();

        assertThat(ran).hasSizeLessThanOrEqualTo(5);
        interleaving.calm();
        runtime.settle();
        assertThat(ran).hasSize(TASKS);
    }

    @Test
    void time_waits_for_tasks_that_are_not_let_run_but_not_without_end() {
        interleaving.hurry(1, 1_000_000);
        submit();

        runtime.advance(Duration.ofSeconds(1));

        assertThat(runtime.time().elapsed()).isEqualTo(Duration.ofSeconds(1));
        assertThat(ran).hasSize(TASKS);
    }

    @Test
    void timers_that_are_due_take_part() {
        List<List<String>> orders = LongStream.iterate(1, seed -> seed * 31)
                .limit(12)
                .mapToObj(seed -> {
                    List<String> order = new ArrayList<>();
                    TestRuntime other = TestRuntime.interleaved(Interleaving.seeded(seed));
                    other.schedule("timer", Duration.ZERO, () -> order.add("timer"));
                    other.execute(Work.HANDLER, "s", () -> order.add("task"));
                    other.settle();
                    return order;
                })
                .toList();

        assertThat(orders).contains(List.of("timer", "task"), List.of("task", "timer"));
    }

    @Test
    void a_pace_that_is_not_positive_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> interleaving.hurry(0, 1))
                .withMessage("0 tasks, one action of 1: not positive");
    }
}
