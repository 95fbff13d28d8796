// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;

/** Checks of settings: a failure names the setting, the value and what is allowed. */
final class Settings {
    private static final Duration LONGEST = Duration.ofDays(365);

    private Settings() {}

    static Duration positive(String setting, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw outOfRange(setting, value, "more than zero and at most 365 days");
        }
        return value;
    }

    static int within(String setting, int value, int min, int max) {
        if (value < min || value > max) {
            throw outOfRange(setting, value, min + " to " + max);
        }
        return value;
    }

    static long within(String setting, long value, long min, long max) {
        if (value < min || value > max) {
            throw outOfRange(setting, value, min + " to " + max);
        }
        return value;
    }

    static double within(String setting, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw outOfRange(setting, value, min + " to " + max);
        }
        return value;
    }

    static IllegalArgumentException outOfRange(String setting, Object value, String allowed) {
        return new IllegalArgumentException(setting + " is " + value + ", allowed is " + allowed);
    }
}
