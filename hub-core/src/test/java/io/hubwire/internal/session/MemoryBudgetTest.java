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
        MemoryBudget budget = new MemoryBudget(100);

        assertThat(budget.tryTake(99)).isTrue();
        assertThat(budget.tryTake(2)).isFalse();
        assertThat(budget.tryTake(1)).isTrue();
        assertThat(budget.tryTake(1)).isFalse();
        assertThat(budget.tryTake(0)).isTrue();
        budget.give(40);
        assertThat(budget.used()).isEqualTo(60);
        assertThat(budget.tryTake(41)).isFalse();
        assertThat(budget.tryTake(40)).isTrue();
    }

    @Test
    void one_who_asks_for_too_much_takes_nothing_from_another_not_even_for_a_moment() throws Exception {
        MemoryBudget budget = new MemoryBudget(100);
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Integer> greedy = CompletableFuture.supplyAsync(() -> {
            int taken = 0;
            while (!isOver.get()) {
                taken += budget.tryTake(101) ? 1 : 0;
            }
            return taken;
        });

        boolean wasEverRefused = false;
        for (int i = 0; i < 2_000_000 && !wasEverRefused; i++) {
            wasEverRefused = !budget.tryTake(1);
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
