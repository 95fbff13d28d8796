// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant. */
final class NearestName {
    private NearestName() {}

    /** The most similar of some names, if it is similar at all. */
    static Optional<String> of(String name, Collection<String> names) {
        return names.stream()
                .filter(other -> !other.equals(name))
                .filter(other -> distance(name, other) <= Math.max(2, name.length() / 3))
                .min(Comparator.comparingInt(other -> distance(name, other)));
    }

    /** How many characters must be added, removed or replaced (Levenshtein), one row of the table at a time. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
