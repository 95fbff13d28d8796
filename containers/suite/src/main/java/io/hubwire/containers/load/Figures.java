// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import java.util.Arrays;
import java.util.Locale;

/** Durations in nanoseconds, to be summed up. For one thread. */
final class Figures {
    private long[] values = new long[1024];
    private int count;

    void add(long nanos) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = nanos;
    }

    int count() {
        return count;
    }

    /** The value that this share of all do not exceed: 0.99 for the 99th percentile, 1 for the greatest. */
    long atMost(double share) {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * count) - 1)];
    }

    @Override
    public String toString() {
        return count == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%d values: p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                        count,
                        atMost(0.5) / 1e6,
                        atMost(0.99) / 1e6,
                        atMost(1) / 1e6);
    }
}
