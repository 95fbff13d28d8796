// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Lane lane = new Lane();

    @Test
    void a_task_given_by_a_task_runs_after_it() {
        List<String> order = new ArrayList<>();

        lane.run(() -> {
            lane.run(() -> order.add("inner"));
            order.add("outer");
        });

        assertThat(order).containsExactly("outer", "inner");
    }

    @Test
    void a_task_that_fails_does_not_keep_others_from_running() {
        List<String> order = new ArrayList<>();

        lane.run(() -> {
            throw new IllegalStateException("planted");
        });
        lane.run(() -> order.add("next"));

        assertThat(order).containsExactly("next");
    }

    @Test
    void tasks_of_many_threads_never_overlap_and_none_is_lost() throws InterruptedException {
        int[] count = new int[1]; // without a lock: the lane is one
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(i -> new Thread(() -> IntStream.range(0, 10_000).forEach(n -> lane.run(() -> count[0]++))))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        int[] seen = new int[1];
        lane.run(() -> seen[0] = count[0]);

        assertThat(seen[0]).isEqualTo(80_000);
    }
}
