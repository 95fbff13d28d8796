// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubRuntime.Work;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What was submitted and has not run yet. Thread-safe; only the test's thread takes from it. */
final class TaskQueue {
    /** A piece of work and what it belongs to. */
    record Task(Work kind, String strand, Runnable work) {}

    @GuardedBy("this")
    private final TaskOrder order;

    @GuardedBy("this")
    private boolean isClosed;

    TaskQueue(TaskOrder order) {
        this.order = order;
    }

    synchronized void add(Work kind, String strand, Runnable work) {
        if (isClosed) {
            throw new RejectedExecutionException("the test's hub is closed: no task of '" + strand + "' is taken");
        }
        order.add(new Task(kind, strand, work));
        notifyAll();
    }

    synchronized Optional<Task> take() {
        @Nullable Task next = order.poll();
        return Optional.ofNullable(next);
    }

    synchronized int size() {
        return order.size();
    }

    /**
     * Waits, in real time, until another thread submits something, but not for long: what else it did is not seen from
     * here.
     */
    synchronized void awaitTask(long maxNanos) throws InterruptedException {
        if (order.size() == 0) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, Math.min(maxNanos, TimeUnit.MILLISECONDS.toNanos(5))));
        }
    }

    synchronized void close() {
        isClosed = true;
        order.clear();
    }
}
