// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.util.concurrent.Executor;

/** Time, chance and threads: the seam that tests replace. Thread-safe. */
public interface ClientRuntime {
    /** Monotonic. */
    long nanoTime();

    /** At least 0, below 1. */
    double random();

    /** Runs a short task later, once. */
    Scheduled schedule(long delayNanos, Runnable task);

    /** Where callbacks run. */
    Executor callbacks();

    /** A task that is to run later. */
    @FunctionalInterface
    interface Scheduled {
        /** It need not run any more. */
        void cancel();
    }
}
