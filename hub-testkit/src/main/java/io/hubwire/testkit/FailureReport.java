// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.error.AssertionErrorCreator;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * What a failed expectation says: what was expected, what is, hints, the state of the hub, and then the transcript.
 *
 * <p>Secrets are masked. Immutable.
 */
final class FailureReport {
    private static final int NOTES_SHOWN = 3;

    private final TestHub hub;
    private final Set<String> clients;

    private FailureReport(TestHub hub, Set<String> clients) {
        this.hub = hub;
        this.clients = clients;
    }

    static FailureReport of(TestClient client) {
        return of(client.testHub(), Set.of(client.name()));
    }

    /** About everybody. */
    static FailureReport of(TestHub hub) {
        return of(hub, Set.of());
    }

    /** About these clients; about everybody if there are none. */
    static FailureReport of(TestHub hub, Set<String> clients) {
        return new FailureReport(hub, clients);
    }

    /** A failure to be thrown, by the test's own line. Tools show the difference between the two values. */
    AssertionError failure(Expectation expectation) {
        AssertionError error = new AssertionErrorCreator()
                .assertionError(
                        render(expectation),
                        maskedValue(expectation.actualValue()),
                        maskedValue(expectation.expectedValue()),
                        new StandardRepresentation());
        error.setStackTrace(CallSite.stackTrace());
        return error;
    }

    private String render(Expectation expectation) {
        List<String> lines = new ArrayList<>(expectation.lines());
        expectation.hints().forEach(hint -> lines.add(" hint: " + hint));
        lines.add(" " + hub.journal().withNames(hub.pace().state()));
        hub.journal().handlerFailures().stream()
                .map(failure -> " note: " + failure)
                .distinct()
                .limit(NOTES_SHOWN)
                .forEach(lines::add);
        String head = lines.stream().map(hub.redactor()::masked).collect(Collectors.joining("\n"));
        return head + "\n\n" + transcript(expectation.arrow());
    }

    private String transcript(Optional<Transcript.Arrow> arrow) {
        return hub.transcriptOf(clients, arrow);
    }

    private @Nullable Object maskedValue(@Nullable Object value) {
        return value == null || value instanceof Number ? value : hub.redactor().masked(String.valueOf(value));
    }
}
