// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What was submitted and has not run yet, in one order for all strands. Thread-safe; only the test's thread takes from
 * it.
 */
final class TaskQueue {
    /** A piece of work and what it belongs to. */
    record Task(String strand, Runnable work) {}

    @GuardedBy("this")
    private final Deque<Task> tasks = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean isClosed;

    synchronized void add(String strand, Runnable work) {
        if (isClosed) {
            throw new RejectedExecutionException("the test's hub is closed: no task of '" + strand + "' is taken");
        }
        tasks.add(new Task(strand, work));
        notifyAll();
    }

    synchronized Optional<Task> take() {
        @Nullable Task next = tasks.poll();
        return Optional.ofNullable(next);
    }

    synchronized int size() {
        return tasks.size();
    }

    /**
     * Waits, in real time, until another thread submits something, but not for long: what else it did is not seen from
     * here.
     */
    synchronized void awaitTask(long maxNanos) throws InterruptedException {
        if (tasks.isEmpty()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, Math.min(maxNanos, TimeUnit.MILLISECONDS.toNanos(5))));
        }
    }

    synchronized void close() {
        isClosed = true;
        tasks.clear();
    }
}
