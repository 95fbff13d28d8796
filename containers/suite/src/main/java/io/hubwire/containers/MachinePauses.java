// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures, from its making on, how long the machine kept a thread of this JVM waiting that was due. What takes longer than promised by so
 * much and no more was not the hub's doing.
 */
public final class MachinePauses implements AutoCloseable {
    private static final long EVERY_NANOS = Duration.ofMillis(10).toNanos();

    private final Thread thread = new Thread(this::watch, "machine pauses");

    @GuardedBy("this")
    private long nanos;

    @GuardedBy("this")
    private long lastRun = System.nanoTime();

    private volatile boolean isClosed;

    public MachinePauses() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!isClosed) {
            LockSupport.parkNanos(EVERY_NANOS);
            long now = System.nanoTime();
            synchronized (this) {
                nanos += lateBy(now);
                lastRun = now;
            }
        }
    }

    @GuardedBy("this")
    private long lateBy(long now) {
        return Math.max(0, now - lastRun - 2 * EVERY_NANOS);
    }

    /** All pauses so far, with the one that is not over, if there is one. */
    public synchronized Duration total() {
        return Duration.ofNanos(nanos + (isClosed ? 0 : lateBy(System.nanoTime())));
    }

    @Override
    public synchronized void close() {
        long now = System.nanoTime();
        nanos += isClosed ? 0 : lateBy(now);
        lastRun = now;
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
