// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What has happened in any run, of that which must happen at least once. For one thread. */
final class Marks {
    private final Set<String> seen = new HashSet<>();
    private final Set<String> required = new LinkedHashSet<>();

    void require(String mark) {
        required.add(mark);
    }

    void happened(String mark) {
        seen.add(mark);
    }

    boolean hasHappened(String mark) {
        return seen.contains(mark);
    }

    /** In the order in which they were required. */
    List<String> missing() {
        return required.stream().filter(mark -> !seen.contains(mark)).toList();
    }
}
