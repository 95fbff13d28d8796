// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DispatchTest {
    private final ArrayDeque<Runnable> executor = new ArrayDeque<>();
    private final Dispatch dispatch = new Dispatch(executor::add);
    private final List<Integer> made = new ArrayList<>();

    @Test
    void makes_calls_in_order_and_gives_way_after_32_of_them() {
        IntStream.range(0, 40).forEach(i -> dispatch.call(() -> made.add(i)));
        assertThat(executor).hasSize(1);

        executor.remove().run();
        assertThat(made).hasSize(32);
        executor.remove().run();

        assertThat(made).isEqualTo(IntStream.range(0, 40).boxed().toList());
        assertThat(executor).isEmpty();
    }

    @Test
    void delivers_nothing_when_it_is_muted_but_still_calls() {
        dispatch.deliver(() -> made.add(1));
        dispatch.call(() -> made.add(2));

        dispatch.mute();
        executor.remove().run();

        assertThat(made).containsExactly(2);
    }

    @Test
    void calls_of_many_threads_never_overlap() throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(4);
        Dispatch busy = new Dispatch(pool);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger count = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> IntStream.range(0, 2_000)
                        .forEach(n -> busy.call(() -> {
                            overlaps.addAndGet(inside.getAndIncrement());
                            inside.decrementAndGet();
                            count.incrementAndGet();
                        }))))
                .toList();

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        await().until(() -> count.get() == 8_000);
        pool.shutdown();

        assertThat(overlaps).hasValue(0);
    }

    @Test
    void those_who_bring_messages_wait_while_too_many_calls_wait() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Dispatch busy = new Dispatch(pool);
        CountDownLatch handler = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        busy.call(() -> awaitLatch(handler));
        IntStream.range(0, 1_100).forEach(i -> busy.call(() -> {}));
        assertThat(busy.isFull()).isTrue();

        pool.execute(() -> {
            order.add(busy.awaitRoom(TimeUnit.SECONDS.toNanos(30)) ? "room" : "none");
        });
        order.add("before");
        handler.countDown();

        await().until(() -> order.size() == 2);
        pool.shutdown();
        assertThat(order).containsExactly("before", "room");
    }

    @Test
    void nobody_waits_for_room_for_ever() {
        IntStream.range(0, 1_024).forEach(i -> dispatch.call(() -> made.add(i)));

        assertThat(dispatch.awaitRoom(1)).isFalse();
        executor.remove().run();
        assertThat(dispatch.awaitRoom(1)).isTrue();
        assertThat(dispatch.isBehind()).isTrue();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
