// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubRuntime.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The clock of a test: it stands still until the test moves it, and then goes from timer to timer. Thread-safe.
 *
 * <p>It begins at 2030-01-01T00:00:00Z. The monotonic time has another origin, so that mixing up the two shows.
 */
public final class VirtualTime {
    /** When every test begins. */
    public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private static final long NANO_ORIGIN = -3_000_000_000_000_000L;

    private static final Comparator<Timer> BY_DUE_TIME =
            Comparator.comparingLong((Timer timer) -> timer.due).thenComparingLong(timer -> timer.number);

    @GuardedBy("this")
    private final TreeSet<Timer> timers = new TreeSet<>(BY_DUE_TIME);

    @GuardedBy("this")
    private long elapsed;

    @GuardedBy("this")
    private long scheduled;

    VirtualTime() {}

    /**
     * A timer that has not run yet.
     *
     * @param label what it is for
     * @param due when it runs, counted from the test's beginning
     */
    public record PendingTimer(String label, Duration due) {
        @Override
        public String toString() {
            return "'" + label + "' at " + offset(due);
        }
    }

    /** The time of day. */
    public Instant now() {
        return START.plus(elapsed());
    }

    /** The time since the test's beginning. */
    public synchronized Duration elapsed() {
        return Duration.ofNanos(elapsed);
    }

    /** What waits, in the order in which it will run; a snapshot. */
    public synchronized List<PendingTimer> pendingTimers() {
        return timers.stream()
                .map(timer -> new PendingTimer(timer.label, Duration.ofNanos(timer.due)))
                .toList();
    }

    synchronized long nanoTime() {
        return NANO_ORIGIN + elapsed;
    }

    synchronized Cancellable schedule(String label, Duration delay, Runnable task) {
        long wait = Math.max(0, saturatedNanos(delay));
        long due = wait > Long.MAX_VALUE - elapsed ? Long.MAX_VALUE : elapsed + wait;
        Timer timer = new Timer(label, due, scheduled++, task);
        timers.add(timer);
        return () -> cancel(timer);
    }

    /** Takes the next timer that is due now. */
    synchronized Optional<Timer> takeDue() {
        if (timers.isEmpty() || timers.first().due > elapsed) {
            return Optional.empty();
        }
        return Optional.ofNullable(timers.pollFirst());
    }

    /** Moves to the next timer, but not beyond the target; says whether that timer is due there. */
    synchronized boolean moveTowards(Duration target) {
        long end = saturatedNanos(target);
        boolean isTimerNext = !timers.isEmpty() && timers.first().due <= end;
        elapsed = Math.max(elapsed, isTimerNext ? timers.first().due : end);
        return isTimerNext;
    }

    synchronized void clear() {
        timers.clear();
    }

    /** How transcripts write a time: {@code +25.000s}. */
    static String offset(Duration sinceStart) {
        return String.format(Locale.ROOT, "+%.3fs", sinceStart.toNanos() / 1e9);
    }

    private synchronized void cancel(Timer timer) {
        timers.remove(timer);
    }

    private static long saturatedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) { // beyond 292 years: as good as never
            return Long.MAX_VALUE;
        }
    }

    /** What was scheduled. */
    record Timer(String label, long due, long number, Runnable task) {}
}
