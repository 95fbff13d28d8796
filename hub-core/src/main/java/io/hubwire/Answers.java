// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.QuestionFailedException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What became of a question to many: every client that was asked is in one of the three, in the order of asking. Immutable, as far as the
 * answers are.
 *
 * @param answers by client; an answer is null only if its type is {@code Void}
 * @param failures of those that could not be asked, answered with an error, or ended meanwhile
 * @param silent those that did not answer in time
 * @param <A> the answer's type
 */
public record Answers<A>(Map<Client, A> answers, Map<Client, QuestionFailedException> failures, Set<Client> silent) {
    /** Copies all three. */
    public Answers {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        silent = Collections.unmodifiableSet(new LinkedHashSet<>(silent));
    }

    /** How many were asked. */
    public int asked() {
        return answers.size() + failures.size() + silent.size();
    }

    /** Whether everybody has answered, without an error. */
    public boolean isComplete() {
        return failures.isEmpty() && silent.isEmpty();
    }
}
