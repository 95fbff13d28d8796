// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One expectation that does not hold. Immutable.
 *
 * @param lines what was expected, and what is
 * @param hints what may have gone wrong
 * @param arrow the message that is to blame
 * @param expectedValue for tools
 * @param actualValue for tools
 */
record Expectation(
        List<String> lines,
        List<String> hints,
        Optional<Transcript.Arrow> arrow,
        @Nullable Object expectedValue,
        @Nullable Object actualValue) {

    /**
     * What goes on after "expected", and after "but".
     */
    Expectation(String expected, String actual) {
        this(List.of("expected " + expected, " but " + actual), List.of(), Optional.empty(), expected, actual);
    }

    /** Several differences of one thing. */
    static Expectation unexpected(String what, List<String> differences) {
        List<String> lines = new ArrayList<>(List.of("unexpected " + what));
        differences.forEach(difference -> lines.add("   " + difference));
        return new Expectation(List.copyOf(lines), List.of(), Optional.empty(), null, null);
    }

    /** What a test that has passed did not look at. */
    static Expectation leftOver(List<String> leftovers) {
        List<String> lines = new ArrayList<>(List.of("the test passed its own assertions, but:"));
        leftovers.forEach(leftover -> lines.add("  - " + leftover));
        return new Expectation(List.copyOf(lines), List.of(), Optional.empty(), "", String.join("\n", leftovers));
    }

    /** With what the test calls it, if it calls it anything, in front: as AssertJ does. */
    Expectation describedAs(String description) {
        if (description.isEmpty()) {
            return this;
        }
        List<String> described = new ArrayList<>(lines);
        described.set(0, "[" + description + "] " + lines.get(0));
        return new Expectation(List.copyOf(described), hints, arrow, expectedValue, actualValue);
    }

    Expectation withHint(Optional<String> hint) {
        List<String> more = new ArrayList<>(hints);
        hint.ifPresent(more::add);
        return new Expectation(lines, List.copyOf(more), arrow, expectedValue, actualValue);
    }

    Expectation pointingAt(ReceivedMessage message, String text) {
        return new Expectation(
                lines, hints, Optional.of(new Transcript.Arrow(message, text)), expectedValue, actualValue);
    }

    Expectation comparing(@Nullable Object wanted, @Nullable Object found) {
        return new Expectation(lines, hints, arrow, wanted, found);
    }
}
