// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment;

import java.util.Map;

/** A stock that never changes. Thread-safe. */
public final class Warehouse implements Stock {
    private final Map<String, Integer> counts;

    private Warehouse(Map<String, Integer> counts) {
        this.counts = counts;
    }

    /** A warehouse with three teas. */
    public static Warehouse withThreeTeas() {
        return new Warehouse(Map.of("tea", 3));
    }

    @Override
    public int left(String item) {
        return counts.getOrDefault(item, 0);
    }
}
