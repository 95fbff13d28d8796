// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * What carries bytes between the two ends of connections in memory: tasks of one strand run in order and one at a time.
 * Thread-safe.
 */
interface Wire {
    /** The wire that is driven by a test's runtime. */
    static Wire of(TestRuntime runtime) {
        return new Wire() {
            @Override
            public void execute(String strand, Runnable task) {
                runtime.execute(Work.WRITER, strand, task);
            }

            @Override
            public void later(String label, Duration delay, Runnable task) {
                runtime.schedule(label, delay, task);
            }

            @Override
            public long nanoTime() {
                return runtime.nanoTime();
            }

            @Override
            public BooleanSupplier mix(String connection) {
                return runtime.interleaving()
                        .<BooleanSupplier>map(interleaving -> interleaving::completesInline)
                        .orElseGet(() -> ownMix(connection));
            }

            @Override
            public void blame(RuntimeException fault) {
                runtime.blame(fault);
            }
        };
    }

    /** Runs a task soon, never inside this call. */
    void execute(String strand, Runnable task);

    /** Runs a task after a delay. */
    void later(String label, Duration delay, Runnable task);

    /** The time that delays are measured in. */
    long nanoTime();

    /** Draws, for one connection, whether it says within the call that it has sent. */
    default BooleanSupplier mix(String connection) {
        return ownMix(connection);
    }

    private static BooleanSupplier ownMix(String connection) {
        return new Random(connection.hashCode())::nextBoolean;
    }

    /** Lets the test fail: for faults that the hub would take as its peer's. */
    void blame(RuntimeException fault);
}
