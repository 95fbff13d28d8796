// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ReceivedMessage.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds what went wrong in a test without the test having looked at it. For the test's thread. */
final class LeftoverFinder {
    private final TestHub hub;
    private final Leftovers which;

    LeftoverFinder(TestHub hub, Leftovers which) {
        this.hub = hub;
        this.which = which;
    }

    /** One line for each, secrets masked. */
    List<String> find() {
        List<String> found = new ArrayList<>();
        if (which != Leftovers.NONE) {
            List<HandlerFailure> failures = unseenFailures(hub);
            failures.forEach(failure -> found.add(failure.toString()));
            hub.clients().forEach(client -> found.addAll(unreadBy(client, failures)));
        }
        return found.stream().map(hub.redactor()::masked).toList();
    }

    /** Whoever has read the answer knows that the handler failed. */
    static List<HandlerFailure> unseenFailures(TestHub hub) {
        Set<String> seen = hub.clients().stream()
                .flatMap(client -> client.inbox().messages().stream())
                .filter(message -> message.reading() != Reading.UNREAD)
                .flatMap(message -> message.incident().stream())
                .collect(Collectors.toSet());
        return hub.journal().unexpectedFailures().stream()
                .filter(failure -> !seen.contains(failure.incident()))
                .toList();
    }

    private List<String> unreadBy(TestClient client, List<HandlerFailure> told) {
        List<String> found = new ArrayList<>();
        client.inbox().messages().stream()
                .filter(message -> message.code() != 0 && message.reading() == Reading.UNREAD)
                .filter(message -> !isKnown(message, told))
                .forEach(error -> found.add(client + " received an error nobody looked at: " + error
                        + client.unknownEvent(error).map(why -> "; " + why).orElse("")));
        if (which == Leftovers.ALL) {
            client.inbox().unreadQuestions().stream()
                    .filter(question -> question.reading() == Reading.UNREAD)
                    .forEach(question -> found.add(client + " was asked, and nobody looked: " + question));
            client.inbox().unreadPushes().stream()
                    .filter(push -> push.reading() == Reading.UNREAD)
                    .forEach(push -> found.add(client + " received a push nobody looked at: " + push));
        }
        client.inbox()
                .unreadControl("hub/gap")
                .ifPresent(gap -> found.add(client + " was told of a gap, and nobody looked: " + gap));
        client.position()
                .unseenLoss()
                .ifPresent(loss -> found.add(client + " came back, and nobody looked: the hub began " + loss));
        unseenEnd(client).ifPresent(found::add);
        return found;
    }

    /** Told of as a failure, or expected as one. */
    private boolean isKnown(ReceivedMessage error, List<HandlerFailure> told) {
        return error.incident()
                .filter(incident -> hub.journal().isExpected(incident)
                        || told.stream().anyMatch(failure -> failure.incident().equals(incident)))
                .isPresent();
    }

    private Optional<String> unseenEnd(TestClient client) {
        Optional<CloseReason> session = hub.sessionEndOf(client.name());
        if (client.inbox().isEndExpected() || session.equals(Optional.of(CloseReason.SERVICE_RESTART))) {
            return Optional.empty();
        }
        Optional<CloseReason> connection = client.inbox().closedWith();
        return session.map(reason -> "the hub ended the session of " + client + ", and nobody looked: " + text(reason))
                .or(() -> connection.map(reason -> client + " was disconnected, and nobody looked: " + text(reason)));
    }

    private static String text(CloseReason reason) {
        return Journal.describe(reason);
    }
}
