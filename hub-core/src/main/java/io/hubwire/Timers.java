// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The hub's clock for applications: what runs on it follows a test's virtual time. Thread-safe.
 *
 * <p>Tasks run on the hub's executor, may block, and may overlap each other. What one throws is logged. None starts after the hub
 * was shut down.
 */
public interface Timers {
    /** A task that may be called off. */
    @FunctionalInterface
    interface Task {
        /** Makes sure that it does not start again; a run that has begun goes on. Idempotent. */
        void cancel();
    }

    /** The time of day. */
    Instant now();

    /** Runs a task at a time; at once if that has passed. */
    Task at(Instant time, Runnable task);

    /**
     * Runs a task after a delay.
     *
     * @throws IllegalArgumentException if the delay is negative
     */
    Task after(Duration delay, Runnable task);

    /**
     * Runs a task again and again, first after one period; a run that takes longer delays the next.
     *
     * @throws IllegalArgumentException if the period is not positive
     */
    Task every(Duration period, Runnable task);

    /** The hub's executor for handlers: runs a task soon, in virtual time too. */
    Executor executor();
}
