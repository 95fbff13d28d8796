// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import io.hubwire.spi.HubRuntime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The production runtime: handlers on virtual threads where the JVM has them and on a bounded pool elsewhere, a few writer
 * threads, one timer thread. All are daemons, so that a forgotten hub does not keep a JVM alive.
 */
public final class DefaultRuntime implements HubRuntime {
    private static final int WRITER_THREADS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

    private final SecureRandom random = new SecureRandom();
    private final ExecutorService handlers = HandlerThreads.newExecutor();
    private final ExecutorService writers = HandlerThreads.newFixedPool("hubwire-writer-", WRITER_THREADS);
    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(1, HandlerThreads.factory("hubwire-timer-"));

    /** Starts no thread before the first task. */
    public DefaultRuntime() {
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Cancellable schedule(String label, Duration delay, Runnable task) {
        Future<?> timer = timers.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public void execute(Work work, String strand, Runnable task) {
        (work == Work.HANDLER ? handlers : writers).execute(task);
    }

    @Override
    public Interruptible current() {
        return Thread.currentThread()::interrupt;
    }

    @Override
    @SuppressWarnings("ReturnValueIgnored") // the flag is cleared, whatever it was
    public void clearInterrupt() {
        Thread.interrupted();
    }

    @Override
    public void close() {
        timers.shutdownNow();
        writers.shutdownNow();
        handlers.shutdownNow();
    }
}
