// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import io.hubwire.spi.HubRuntime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The production runtime: handlers on virtual threads where the JVM has them and on a bounded pool elsewhere, control calls and
 * pings on one more such executor each, a few writer threads, one timer thread. All are daemons, so that a forgotten hub does not keep
 * a JVM alive.
 */
public final class DefaultRuntime implements HubRuntime {
    private static final int WRITER_THREADS =
            Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));

    /** How long closing waits for threads that it has interrupted. */
    private static final long LAST_WORDS_NANOS = Duration.ofSeconds(1).toNanos();

    private final SecureRandom random = new SecureRandom();
    private final HandlerThreads threads = new HandlerThreads();
    private final ExecutorService handlers = threads.newExecutor("hubwire-handler-");
    private final ExecutorService controls = threads.newExecutor("hubwire-control-");
    private final ExecutorService pings = threads.newExecutor("hubwire-ping-");
    private final ExecutorService writers = threads.newFixedPool("hubwire-writer-", WRITER_THREADS);
    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(1, threads.factory("hubwire-timer-"));

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
        poolFor(work).execute(task);
    }

    private ExecutorService poolFor(Work work) {
        return switch (work) {
            case HANDLER -> handlers;
            case CONTROL -> controls;
            case PING -> pings;
            case WRITER -> writers;
        };
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

    /**
     * Waits a moment for the threads to end, since a container that stops looks for what was left behind. One of these threads
     * itself is interrupted here, and does not wait.
     */
    @Override
    public void close() {
        List<ExecutorService> pools = List.of(timers, writers, pings, controls, handlers);
        pools.forEach(ExecutorService::shutdownNow);
        long deadline = nanoTime() + LAST_WORDS_NANOS;
        try {
            for (ExecutorService pool : pools) {
                if (!pool.awaitTermination(deadline - nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
            threads.join(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
