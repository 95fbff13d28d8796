// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one production runtime. Thread-safe. */
final class HandlerThreads {
    /**
     * Enough for handlers that wait for a database, and for closes or pings that wait for peers that do not read; few enough to fit
     * any server. What waits for a thread is bounded: one handler, one ping and a few control calls for each client.
     */
    private static final int POOL_SIZE = 64;

    private static final long IDLE_SECONDS = 30;

    /** Those that were made and may be alive. */
    private final Set<Thread> made = ConcurrentHashMap.newKeySet();

    ExecutorService newExecutor(String prefix) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException noVirtualThreads) {
            return newFixedPool(prefix, POOL_SIZE);
        }
    }

    ExecutorService newFixedPool(String prefix, int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory(prefix));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    ThreadFactory factory(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            made.removeIf(old -> old.getState() == Thread.State.TERMINATED);
            made.add(thread);
            return thread;
        };
    }

    /** Waits until all are gone, or the time is over: the threads of a pool that has terminated may still be on their way out. */
    void join(long deadlineNanos) throws InterruptedException {
        for (Thread thread : made) {
            TimeUnit.NANOSECONDS.timedJoin(thread, deadlineNanos - System.nanoTime());
        }
    }
}
