// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.util.Optional;

/**
 * A promise that was not kept in a run.
 *
 * @param invariant the promise
 * @param how in a word, or nothing
 * @param detail what was seen
 * @param client whose transcript shows it, by the name that transcripts use
 * @param cause what was thrown
 */
record Broken(String invariant, String how, String detail, Optional<String> client, Optional<Throwable> cause) {
    static Broken of(String invariant, String how, String detail) {
        return new Broken(invariant, how, detail, Optional.empty(), Optional.empty());
    }

    Broken seenBy(String name) {
        return new Broken(invariant, how, detail, Optional.of(name), cause);
    }

    Broken causedBy(Throwable failure) {
        return new Broken(invariant, how, detail, client, Optional.of(failure));
    }

    String described() {
        String word = how.isEmpty() ? "" : ": " + how;
        return "invariant '" + invariant + "' broken" + word + "\n  " + detail;
    }
}
