// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    @Test
    void gives_exactly_what_it_has() {
        MemoryBudget budget = new MemoryBudget(100, () -> 100);

        assertThat(budget.tryTake(99, 0)).isTrue();
        assertThat(budget.tryTake(2, 99)).isFalse();
        assertThat(budget.tryTake(1, 99)).isTrue();
        assertThat(budget.tryTake(1, 100)).isFalse();
        assertThat(budget.tryTake(0, 100)).isTrue();
        budget.give(40);
        assertThat(budget.used()).isEqualTo(60);
        assertThat(budget.tryTake(41, 60)).isFalse();
        assertThat(budget.tryTake(40, 60)).isTrue();
    }

    @Test
    void one_who_holds_less_than_a_fair_share_gets_up_to_it_when_nothing_is_left() {
        MemoryBudget budget = new MemoryBudget(100, () -> 4);
        assertThat(budget.tryTake(100, 0)).isTrue();

        assertThat(budget.tryTake(1, 100)).isFalse();
        assertThat(budget.tryTake(26, 0)).isFalse();
        assertThat(budget.tryTake(20, 0)).isTrue();
        assertThat(budget.tryTake(6, 20)).isFalse();
        assertThat(budget.tryTake(5, 20)).isTrue();
    }

    @Test
    void all_together_never_hold_more_than_twice_the_limit() {
        MemoryBudget budget = new MemoryBudget(100, () -> 1);
        assertThat(budget.tryTake(100, 0)).isTrue();
        assertThat(budget.tryTake(100, 0)).isTrue();

        assertThat(budget.tryTake(1, 0)).isFalse();
        assertThat(budget.used()).isEqualTo(200);
    }

    @Test
    void one_who_asks_for_too_much_takes_nothing_from_another_not_even_for_a_moment() throws Exception {
        MemoryBudget budget = new MemoryBudget(100, () -> 100);
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Integer> greedy = CompletableFuture.supplyAsync(() -> {
            int taken = 0;
            while (!isOver.get()) {
                taken += budget.tryTake(101, 0) ? 1 : 0;
            }
            return taken;
        });

        boolean wasEverRefused = false;
        for (int i = 0; i < 2_000_000 && !wasEverRefused; i++) {
            wasEverRefused = !budget.tryTake(1, 0);
            if (!wasEverRefused) {
                budget.give(1);
            }
        }
        isOver.set(true);

        assertThat(greedy.get(5, TimeUnit.SECONDS)).isZero();
        assertThat(wasEverRefused).isFalse();
        assertThat(budget.used()).isZero();
    }
}
