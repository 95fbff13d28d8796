// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;

/**
 * Time and threads in a test's hands: tasks run when {@link #runAll} is called, timers when {@link #advance} is. For one thread.
 */
public final class ManualRuntime implements HubRuntime {
    private record Timer(long dueNanos, long number, String label, Runnable task) {}

    private static final Instant START = Instant.ofEpochSecond(1_715_670_733);

    private static final Duration LONGEST_AWAIT = Duration.ofHours(1);

    /** Not zero, so that a time that was never set is noticed. */
    private static final long ORIGIN_NANOS = -7_000_000_000L;

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::dueNanos).thenComparingLong(Timer::number));
    private final RandomGenerator random = new Random(1);
    private final List<String> awaited = new ArrayList<>();
    private long elapsedNanos;
    private long numbers;
    private double jitter;
    private Runnable beforeNextJitter = () -> {};
    private boolean isClosed;
    private int interrupts;
    private boolean isInterrupted;

    /** Runs what was submitted, and what that submits. */
    public void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Runs the task that was submitted first; returns whether there was one. */
    public boolean runOne() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    /** Moves the clock on from timer to timer, and runs everything at each. */
    public void advance(Duration duration) {
        long target = elapsedNanos + duration.toNanos();
        runAll();
        while (!timers.isEmpty() && timers.peek().dueNanos() <= target) {
            elapsedNanos = Math.max(elapsedNanos, timers.peek().dueNanos());
            timers.remove().task().run();
            runAll();
        }
        elapsedNanos = Math.max(elapsedNanos, target);
    }

    /** Moves the clock on as if the process had been stopped: what was due meanwhile is late at the next {@link #advance}. */
    public void pause(Duration duration) {
        elapsedNanos += duration.toNanos();
    }

    /** How many tasks wait. */
    public int waitingTasks() {
        return tasks.size();
    }

    /** The labels of the timers that have not fired, in the order of their times. */
    public List<String> pendingTimers() {
        return timers.stream()
                .sorted(Comparator.comparingLong(Timer::dueNanos).thenComparingLong(Timer::number))
                .map(Timer::label)
                .toList();
    }

    /** Every client's jitter from now on. */
    public void jitterIs(double value) {
        jitter = value;
    }

    /** Runs when the next client's jitter is drawn: what another thread does while that client's session begins. */
    public void beforeNextJitter(Runnable interlude) {
        beforeNextJitter = interlude;
    }

    /** How often the test's thread would have been interrupted. */
    public int interrupts() {
        return interrupts;
    }

    /** Whether an interrupt would reach what the test's thread does next. */
    public boolean isInterrupted() {
        return isInterrupted;
    }

    @Override
    public long nanoTime() {
        return ORIGIN_NANOS + elapsedNanos;
    }

    @Override
    public Instant now() {
        return START.plusNanos(elapsedNanos);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public double jitter() {
        Runnable interlude = beforeNextJitter;
        beforeNextJitter = () -> {};
        interlude.run();
        return jitter;
    }

    @Override
    public Cancellable schedule(String label, Duration delay, Runnable task) {
        requireOpen();
        Timer timer = new Timer(elapsedNanos + delay.toNanos(), numbers++, label, task);
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    @Override
    public void execute(Work work, String strand, Runnable task) {
        requireOpen();
        tasks.add(task);
    }

    @Override
    public Interruptible current() {
        return () -> {
            interrupts++;
            isInterrupted = true;
        };
    }

    @Override
    public void clearInterrupt() {
        isInterrupted = false;
    }

    /** What was waited for, in order. */
    public List<String> awaited() {
        return awaited;
    }

    /** Moves the clock on until the stage completes, at most an hour. */
    @Override
    public boolean await(String what, CompletionStage<?> stage, Duration longest) {
        this.awaited.add(what);
        CompletableFuture<?> awaited = stage.toCompletableFuture();
        boolean isLimited = longest.compareTo(LONGEST_AWAIT) < 0;
        long limit = elapsedNanos + (isLimited ? longest : LONGEST_AWAIT).toNanos();
        runAll();
        while (!awaited.isDone() && !timers.isEmpty() && timers.peek().dueNanos() <= limit) {
            advance(Duration.ofNanos(Math.max(0, timers.peek().dueNanos() - elapsedNanos)));
        }
        if (!awaited.isDone() && !isLimited) {
            throw new AssertionError(what + " does not come; pending: " + pendingTimers());
        }
        return awaited.isDone();
    }

    @Override
    public void close() {
        isClosed = true;
        tasks.clear();
        timers.clear();
    }

    private void requireOpen() {
        if (isClosed) {
            throw new RejectedExecutionException("the runtime is closed");
        }
    }
}
