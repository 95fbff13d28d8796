// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures, from its making on, how long the machine kept a thread of this JVM waiting that was due. What takes longer than promised by so
 * much and no more was not the hub's doing.
 */
public final class MachinePauses implements AutoCloseable {
    private static final long EVERY_NANOS = Duration.ofMillis(10).toNanos();

    private final AtomicLong nanos = new AtomicLong();
    private final Thread thread = new Thread(this::watch, "machine pauses");
    private volatile long lastRun = System.nanoTime();
    private volatile boolean isClosed;

    public MachinePauses() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!isClosed) {
            LockSupport.parkNanos(EVERY_NANOS);
            long now = System.nanoTime();
            nanos.addAndGet(lateBy(now));
            lastRun = now;
        }
    }

    private long lateBy(long now) {
        return Math.max(0, now - lastRun - 2 * EVERY_NANOS);
    }

    /** All pauses so far. */
    public Duration total() {
        return Duration.ofNanos(nanos.get());
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
