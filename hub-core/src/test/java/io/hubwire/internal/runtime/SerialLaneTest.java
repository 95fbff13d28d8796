// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hubwire.internal.testing.ManualRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialLaneTest {
    @Test
    void tasks_run_in_order_and_never_inside_the_call() {
        ManualRuntime runtime = new ManualRuntime();
        SerialLane lane = new SerialLane(runtime, "lane");
        List<String> ran = new ArrayList<>();
        lane.execute(() -> ran.add("a"));
        lane.execute(() -> {
            lane.execute(() -> ran.add("c"));
            ran.add("b");
        });

        assertThat(ran).isEmpty();
        runtime.runAll();
        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void after_the_runtime_is_closed_tasks_are_dropped() {
        ManualRuntime runtime = new ManualRuntime();
        SerialLane lane = new SerialLane(runtime, "lane");
        runtime.close();

        assertThatCode(() -> lane.execute(() -> {})).doesNotThrowAnyException();
        assertThatCode(() -> lane.execute(() -> {})).doesNotThrowAnyException();
    }

    @Test
    void tasks_of_eight_threads_never_overlap_and_keep_the_order_of_each_thread() throws Exception {
        int perThread = 5_000;
        ConcurrentLinkedQueue<int[]> ran = new ConcurrentLinkedQueue<>();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(8 * perThread);
        try (DefaultRuntime runtime = new DefaultRuntime()) {
            SerialLane lane = new SerialLane(runtime, "lane");
            for (int t = 0; t < 8; t++) {
                int thread = t;
                new Thread(() -> {
                            for (int i = 0; i < perThread; i++) {
                                int number = i;
                                lane.execute(() -> {
                                    overlaps.addAndGet(inside.getAndIncrement());
                                    ran.add(new int[] {thread, number});
                                    inside.decrementAndGet();
                                    done.countDown();
                                });
                            }
                        })
                        .start();
            }
            assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(overlaps).hasValue(0);
        int[] next = new int[8];
        for (int[] task : ran) {
            assertThat(task[1]).isEqualTo(next[task[0]]++);
        }
    }
}
