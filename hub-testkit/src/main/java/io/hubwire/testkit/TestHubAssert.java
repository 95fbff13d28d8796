// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.FailureReport.Expectation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a hub: who is there, in which groups, and how sessions ended. For the test's thread. */
public final class TestHubAssert extends AbstractAssert<TestHubAssert, TestHub> {
    TestHubAssert(TestHub hub) {
        super(hub, TestHubAssert.class);
    }

    /** So many sessions go on. */
    public TestHubAssert hasClients(int count) {
        List<String> names = namesOf(actual.hub().all());
        if (names.size() != count) {
            throw failure(
                    new Expectation("the hub to have " + count + " clients", "it has " + names.size() + ": " + names)
                            .comparing(count, names.size()));
        }
        return this;
    }

    /** These clients, and no others, are members of a group; by the names that transcripts use. */
    public TestHubAssert hasGroup(String group, String... clients) {
        return hasNames(
                "group '" + group + "' to have the members",
                clients,
                namesOf(actual.hub().group(group)));
    }

    /** These users, and no others, are online; by their ids. */
    public TestHubAssert hasOnlineUsers(String... users) {
        List<String> found = actual.hub().online().list().stream()
                .map(online -> online.user().id())
                .toList();
        return hasNames("the users online to be", users, found);
    }

    /** The hub ended this client's session, for this reason. */
    public TestHubAssert endedSession(TestClient client, CloseReason expected) {
        return endedSession(client, Journal.describe(expected), expected::equals);
    }

    /** The hub ended this client's session, with this code. */
    public TestHubAssert endedSession(TestClient client, int code) {
        return endedSession(client, "" + code, reason -> reason.code() == code);
    }

    /** No session is left, no user online, no connection open, and no timer that names a session. */
    public TestHubAssert hasNoLeftovers() {
        List<String> leftovers = new ArrayList<>();
        namesOf(actual.hub().all()).forEach(name -> leftovers.add("the session of " + name));
        actual.hub()
                .online()
                .list()
                .forEach(online -> leftovers.add("the user " + online.user().id()));
        actual.clients().stream()
                .filter(TestClient::isConnected)
                .forEach(client -> leftovers.add("the connection of " + client));
        actual.time().pendingTimers().stream()
                .filter(timer -> belongsToSession(timer.label()))
                .forEach(timer -> leftovers.add("the timer " + timer));
        if (!leftovers.isEmpty()) {
            throw failure(
                    new Expectation("the hub to have nothing left over", "there is " + String.join(", ", leftovers)));
        }
        return this;
    }

    private TestHubAssert hasNames(String what, String[] expected, Collection<String> found) {
        Collection<String> wanted = new TreeSet<>(List.of(expected));
        Collection<String> sorted = found.stream().sorted().toList();
        if (!List.copyOf(wanted).equals(List.copyOf(sorted))) {
            throw failure(new Expectation(what + " " + wanted, "they are " + sorted).comparing(wanted, sorted));
        }
        return this;
    }

    private TestHubAssert endedSession(TestClient client, String expected, Predicate<CloseReason> rule) {
        Optional<CloseReason> end = actual.sessionEndOf(client.name());
        if (end.filter(rule).isEmpty()) {
            String instead = end.map(reason -> "it ended with " + Journal.describe(reason))
                    .orElse("the session goes on");
            throw FailureReport.of(client)
                    .failure(new Expectation("the session of " + client + " to have ended with " + expected, instead));
        }
        return this;
    }

    private List<String> namesOf(Audience audience) {
        Map<String, String> names = actual.clients().stream()
                .flatMap(client -> actual.idOf(client.name()).map(id -> Map.entry(id, client.name())).stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return audience.clients().stream()
                .map(Client::id)
                .map(id -> names.getOrDefault(id, id))
                .sorted()
                .toList();
    }

    private boolean belongsToSession(String label) {
        Stream<String> ids = actual.clients().stream().flatMap(client -> actual.idOf(client.name()).stream());
        return ids.anyMatch(label::contains);
    }

    private AssertionError failure(Expectation expectation) {
        return FailureReport.of(actual).failure(expectation);
    }
}
