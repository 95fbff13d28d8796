// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

/**
 * So many units a second, and a burst after a pause: a token bucket whose whole state is one number, kept by its user.
 *
 * <p>The number is the monotonic time at which the bucket would be full again; nothing is refilled by a timer. Immutable.
 */
public final class Rate {
    /** What {@link #take} returns when there is not enough. */
    public static final long REFUSED = Long.MIN_VALUE;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SECONDS_PER_MINUTE = 60;

    private final double nanosPerUnit;
    private final double burstNanos;

    /** Never more than {@code burst} at once; {@link Integer#MAX_VALUE} a second is no limit at all. */
    public Rate(int perSecond, int burst) {
        this(perSecond == Integer.MAX_VALUE ? 0 : NANOS_PER_SECOND / perSecond, burst);
    }

    private Rate(double nanosPerUnit, int burst) {
        this.nanosPerUnit = nanosPerUnit;
        this.burstNanos = burst * nanosPerUnit;
    }

    /** So many a minute, which may all come at once. */
    static Rate perMinute(int count) {
        return new Rate(SECONDS_PER_MINUTE * NANOS_PER_SECOND / count, count);
    }

    /** Takes units from a bucket that is full at {@code fullAt}; returns when it is full again, or {@link #REFUSED}. */
    public long take(long fullAt, int units, long nowNanos) {
        long from = Math.max(fullAt, nowNanos);
        long after = from + (long) (units * nanosPerUnit); // rounded down, so that a whole burst always fits
        return after - nowNanos > burstNanos ? REFUSED : after;
    }
}
