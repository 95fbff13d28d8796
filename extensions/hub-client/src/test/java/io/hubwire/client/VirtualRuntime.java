// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import io.hubwire.client.internal.ClientRuntime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/** Time that passes when it is told to, and callbacks that are made when nothing else happens. One thread only. */
final class VirtualRuntime implements ClientRuntime {
    private record Task(long atNanos, long order, Runnable work) {}

    private final PriorityQueue<Task> later =
            new PriorityQueue<>(Comparator.comparingLong(Task::atNanos).thenComparingLong(Task::order));
    private final ArrayDeque<Runnable> now = new ArrayDeque<>();
    private final ArrayDeque<Runnable> calls = new ArrayDeque<>();
    private boolean holdsCalls;
    private DoubleSupplier chance = new Random(1)::nextDouble;
    private long nanos = 1_000_000_000L;
    private long order;

    void chance(DoubleSupplier other) {
        chance = other;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public double random() {
        return chance.getAsDouble();
    }

    @Override
    public Scheduled schedule(long delayNanos, Runnable work) {
        Task task = new Task(nanos + delayNanos, order++, work);
        later.add(task);
        return () -> later.remove(task);
    }

    @Override
    public Executor callbacks() {
        return calls::add;
    }

    /** While it does, no callback is made. */
    void holdCalls(boolean isTrue) {
        holdsCalls = isTrue;
    }

    /** At this moment, but not inside the caller. */
    void soon(Runnable work) {
        now.add(work);
    }

    /** Until nothing is left that is to happen at this moment. */
    void settle() {
        while (!now.isEmpty() || (!calls.isEmpty() && !holdsCalls)) {
            (now.isEmpty() ? calls : now).remove().run();
        }
    }

    /** How many things are to happen later. */
    int timers() {
        return later.size();
    }

    long millis() {
        return nanos / 1_000_000;
    }

    void advance(Duration duration) {
        advanceUntil(duration.toMillis(), () -> false);
    }

    /** Lets time pass, at most so much, until the condition holds; returns whether it does. */
    boolean advanceUntil(long mostMillis, BooleanSupplier condition) {
        long end = nanos + mostMillis * 1_000_000;
        settle();
        while (!condition.getAsBoolean()) {
            Task next = later.peek();
            if (next == null || next.atNanos() > end) {
                nanos = end;
                return condition.getAsBoolean();
            }
            later.remove();
            nanos = Math.max(nanos, next.atNanos());
            next.work().run();
            settle();
        }
        return true;
    }
}
