// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;

/** What a test expects of a hub. */
final class HubExpectations {
    private HubExpectations() {}

    static AbstractThrowableAssert<?, ? extends Throwable> handlerFailure(TestHub hub, String event) {
        var unused = hub.pace().settleUntil(() -> next(hub, event).isPresent());
        HandlerFailure failure = next(hub, event).orElseThrow(() -> none(hub, event));
        hub.journal().expect(failure);
        return Assertions.assertThat(failure.cause()).as("what the handler of '%s' threw", event);
    }

    static void noLeftovers(TestHub hub, List<String> leftovers) {
        if (!leftovers.isEmpty()) {
            throw FailureReport.of(hub).failure(Expectation.leftOver(leftovers));
        }
    }

    /** One that no answer told the test of comes first. */
    private static Optional<HandlerFailure> next(TestHub hub, String event) {
        return Stream.of(LeftoverFinder.unseenFailures(hub), hub.journal().unexpectedFailures())
                .flatMap(List::stream)
                .filter(failure -> failure.event().equals(event))
                .findFirst();
    }

    private static AssertionError none(TestHub hub, String event) {
        List<String> events = hub.journal().unexpectedFailures().stream()
                .map(HandlerFailure::event)
                .toList();
        return FailureReport.of(hub)
                .failure(new Expectation(
                                "a handler of '" + event + "' to have failed",
                                events.isEmpty() ? "none has" : "only these have: " + String.join(", ", events))
                        .withHint(NearestName.of(event, events).map(name -> "the nearest name is '" + name + "'")));
    }
}
