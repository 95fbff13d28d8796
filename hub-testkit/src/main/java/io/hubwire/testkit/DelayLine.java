// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a connection: passes tasks on in order, each after the delay of its time. Thread-safe. */
final class DelayLine {
    private record Delayed(Runnable task, long dueNanos) {}

    private final Wire wire;
    private final String strand;

    @GuardedBy("this")
    private final Deque<Delayed> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private long delayNanos;

    DelayLine(Wire wire, String strand, Duration delay) {
        this.wire = wire;
        this.strand = strand;
        this.delayNanos = delay.toNanos();
    }

    /** Delays what comes from now on; what waits stays as it is. */
    synchronized void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    synchronized void add(Runnable task) {
        if (delayNanos == 0 && waiting.isEmpty()) {
            wire.execute(strand, task);
            return;
        }
        long due = wire.nanoTime() + delayNanos;
        waiting.add(new Delayed(
                task, waiting.isEmpty() ? due : Math.max(due, waiting.getLast().dueNanos())));
        if (waiting.size() == 1) {
            awaitFirst();
        }
    }

    /** Forgets what waits, and passes this on at once. */
    synchronized void overtake(Runnable task) {
        waiting.clear();
        wire.execute(strand, task);
    }

    @GuardedBy("this")
    private void awaitFirst() {
        long wait = Math.max(0, waiting.getFirst().dueNanos() - wire.nanoTime());
        wire.later(strand + " under way", Duration.ofNanos(wait), this::passFirst);
    }

    private synchronized void passFirst() {
        if (waiting.isEmpty()) { // something has overtaken it
            return;
        }
        wire.execute(strand, waiting.removeFirst().task());
        if (!waiting.isEmpty()) {
            awaitFirst();
        }
    }
}
