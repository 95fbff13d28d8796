// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.protocol.CloseReason;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next connection, by the reason for which the last one ended. Used from the lane only.
 *
 * <p>Full jitter: any time up to a limit that doubles with each wait in a row. An end that asks to be back at once, or with new credentials,
 * is obeyed three times in a row; after that it waits like others.
 */
final class Backoff {
    private static final long SECOND_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 20_000;
    private static final long RESTART_MILLIS = 10_000;
    private static final int SERVICE_RESTART = 1012;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int FIRST_HUB_CODE = 4100;
    private static final int QUICK_RETURNS = 3;

    private final DoubleSupplier random;
    private long minMillis = 500;
    private long maxMillis = LONGEST_MILLIS;
    private int failures;

    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** What the hub advises; nonsense is ignored. */
    void advise(long min, long max) {
        if (min > 0 && max >= min) {
            minMillis = min;
            maxMillis = max;
        }
    }

    /** The last connection was a good one. */
    void reset() {
        failures = 0;
    }

    /** For an end after which the client comes back. */
    long nextDelayMillis(CloseReason reason) {
        long delay = delayMillis(reason, failures);
        failures++;
        return delay;
    }

    private long delayMillis(CloseReason reason, int before) {
        if (before < QUICK_RETURNS && isUrgent(reason)) {
            return upTo(SECOND_MILLIS);
        }
        if (before == 0 && reason.code() == SERVICE_RESTART) {
            return SECOND_MILLIS + upTo(RESTART_MILLIS - SECOND_MILLIS);
        }
        if (isAskedToWait(reason)) {
            long first = Math.max(minMillis, SECOND_MILLIS);
            return SECOND_MILLIS + upTo(doubled(first, before, Math.max(0, maxMillis - SECOND_MILLIS)));
        }
        return upTo(doubled(minMillis, before, maxMillis));
    }

    private static boolean isUrgent(CloseReason reason) {
        return reason.advice() == CloseReason.Advice.RETURN_NOW
                || reason.advice() == CloseReason.Advice.AUTHENTICATE_AGAIN;
    }

    private static boolean isAskedToWait(CloseReason reason) {
        return reason.code() == TRY_AGAIN_LATER
                || (reason.code() >= FIRST_HUB_CODE && reason.advice() == CloseReason.Advice.BACK_OFF);
    }

    private static long doubled(long first, int times, long most) {
        int shift = Math.min(times, Long.numberOfLeadingZeros(first) - 1);
        return Math.min(most, first << shift);
    }

    private long upTo(long most) {
        return (long) (random.getAsDouble() * most);
    }
}
