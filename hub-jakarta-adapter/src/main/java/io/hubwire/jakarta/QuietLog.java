// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Logs what a peer can provoke: at most one line in ten seconds, which says how many were left out. Thread-safe. */
final class QuietLog {
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final System.Logger logger;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private final AtomicInteger leftOut = new AtomicInteger();

    QuietLog(Class<?> source) {
        this.logger = System.getLogger(source.getName());
    }

    void log(System.Logger.Level level, String message) {
        if (isDue()) {
            logger.log(level, withCount(message));
        }
    }

    void log(System.Logger.Level level, String message, Throwable cause) {
        if (isDue()) {
            logger.log(level, withCount(message), cause);
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long next = nextNanos.get();
        boolean isDue = now - next >= 0 && nextNanos.compareAndSet(next, now + INTERVAL_NANOS);
        if (!isDue) {
            leftOut.incrementAndGet();
        }
        return isDue;
    }

    private String withCount(String message) {
        int count = leftOut.getAndSet(0);
        return count == 0 ? message : message + " (and " + count + " more that were not logged)";
    }
}
