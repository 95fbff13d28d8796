// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A wire with a thread of its own: tasks run in the order in which they came, whatever their strand. Thread-safe. */
final class WireThread implements Wire {
    private static final long LAST_WORDS_SECONDS = 2;

    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, this::newThread);
    private final AtomicReference<Optional<RuntimeException>> blame = new AtomicReference<>(Optional.empty());

    WireThread() {
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // the network is gone
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private Thread newThread(Runnable task) {
        Thread wire = new Thread(task, "hubwire-test-wire");
        wire.setDaemon(true);
        made.add(wire);
        return wire;
    }

    @Override
    public void execute(String strand, Runnable task) {
        thread.execute(() -> run(strand, task));
    }

    @Override
    public void later(String label, Duration delay, Runnable task) {
        var unused = thread.schedule(() -> run(label, task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void blame(RuntimeException fault) {
        blame.compareAndSet(Optional.empty(), Optional.of(fault));
    }

    void rethrowBlame() {
        Optional<RuntimeException> fault = blame.getAndSet(Optional.empty());
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    /** What waits is dropped; what runs may end. */
    void close() {
        thread.shutdownNow();
        try {
            for (Thread wire : made) {
                TimeUnit.SECONDS.timedJoin(wire, LAST_WORDS_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String strand, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            blame(new IllegalStateException("a task of strand '" + strand + "' threw " + e, e));
        }
    }
}
