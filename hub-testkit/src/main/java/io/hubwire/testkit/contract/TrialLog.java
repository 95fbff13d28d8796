// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What peers and hub did in one trial, in order, and the place to wait for it. Thread-safe. */
final class TrialLog {
    private static final int LINES_KEPT = 60;
    private static final int LONGEST_LINE = 110;
    private static final long POLL_MILLIS = 20;

    private final long start = System.nanoTime();

    @GuardedBy("this")
    private final Deque<String> lines = new ArrayDeque<>();

    @GuardedBy("this")
    private int count;

    synchronized void add(String who, String what) {
        double seconds = (System.nanoTime() - start) / 1e9;
        String shown = what.length() > LONGEST_LINE ? what.substring(0, LONGEST_LINE) + "…" : what;
        lines.add(String.format(Locale.ROOT, "%+9.3fs  %-8s  %s", seconds, who, shown));
        count++;
        if (lines.size() > LINES_KEPT) {
            lines.poll();
        }
        notifyAll();
    }

    /** Waits for a condition, which is looked at after each line, and now and then; says whether it came to hold. */
    synchronized boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMillis <= 0) {
                return false;
            }
            wait(Math.min(leftMillis, POLL_MILLIS));
        }
        return true;
    }

    /** All of it, the last lines only if it is long. */
    synchronized String text() {
        String earlier = count > lines.size() ? "    … " + (count - lines.size()) + " earlier lines\n" : "";
        return earlier + "    " + String.join("\n    ", lines);
    }
}
