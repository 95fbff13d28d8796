// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
        await(() -> actual.hub().all().size() == count);
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
                () -> namesOf(actual.hub().group(group)));
    }

    /** These users, and no others, are online; by their ids. */
    public TestHubAssert hasOnlineUsers(String... users) {
        return hasNames("the users online to be", users, this::namesOnline);
    }

    private List<String> namesOnline() {
        return actual.hub().online().list().stream()
                .map(online -> online.user().id())
                .toList();
    }

    /** The hub ended this client's session, for this reason. */
    public TestHubAssert endedSession(TestClient client, CloseReason expected) {
        return endedSession(client.name(), expected);
    }

    /** The hub ended this client's session, with this code. */
    public TestHubAssert endedSession(TestClient client, int code) {
        return endedSession(client.name(), code);
    }

    /** The hub ended the session of the client that transcripts call so, for this reason. */
    public TestHubAssert endedSession(String client, CloseReason expected) {
        return endedSession(client, Journal.describe(expected), expected::equals);
    }

    /** The hub ended the session of the client that transcripts call so, with this code. */
    public TestHubAssert endedSession(String client, int code) {
        return endedSession(client, "" + code, reason -> reason.code() == code);
    }

    /** The latest send to an audience, by whomever, was accepted for so many clients. */
    public TestHubAssert lastBroadcastReached(int clients) {
        await(() -> actual.journal().lastReach().equals(OptionalInt.of(clients)));
        OptionalInt reached = actual.journal().lastReach();
        if (reached.isEmpty() || reached.getAsInt() != clients) {
            String instead = reached.isEmpty() ? "nothing was sent to one" : "it reached " + reached.getAsInt();
            throw failure(new Expectation("the last send to an audience to reach " + clients, instead)
                    .comparing(clients, reached.isEmpty() ? null : reached.getAsInt()));
        }
        return this;
    }

    /**
     * A timer whose label has this in it waits for its time.
     *
     * @throws IllegalStateException in {@link Mode#REAL}
     */
    public TestHubAssert hasPendingTimer(String label) {
        List<String> labels = labels();
        if (labels.stream().noneMatch(pending -> pending.contains(label))) {
            throw failure(new Expectation(
                            "a timer '" + label + "' to be pending",
                            labels.isEmpty() ? "none is" : "pending are " + new TreeSet<>(labels))
                    .withHint(NearestName.of(label, labels).map(name -> "the nearest label is '" + name + "'")));
        }
        return this;
    }

    /**
     * So many timers wait for their time, whose label has this in it.
     *
     * @throws IllegalStateException in {@link Mode#REAL}
     */
    public TestHubAssert hasPendingTimers(String label, int count) {
        long found =
                labels().stream().filter(pending -> pending.contains(label)).count();
        if (found != count) {
            throw failure(new Expectation(count + " timers '" + label + "' to be pending", "there are " + found)
                    .comparing(count, found));
        }
        return this;
    }

    /**
     * No session is left, no user online, no connection open, and no timer that names a session; in {@link Mode#REAL} nothing is
     * known of timers.
     */
    public TestHubAssert hasNoLeftovers() {
        await(() -> leftovers().isEmpty());
        List<String> leftovers = leftovers();
        if (!leftovers.isEmpty()) {
            throw failure(
                    new Expectation("the hub to have nothing left over", "there is " + String.join(", ", leftovers)));
        }
        return this;
    }

    private List<String> leftovers() {
        List<String> leftovers = new ArrayList<>();
        namesOf(actual.hub().all()).forEach(name -> leftovers.add("the session of " + name));
        actual.hub()
                .online()
                .list()
                .forEach(online -> leftovers.add("the user " + online.user().id()));
        actual.clients().stream()
                .filter(TestClient::isConnected)
                .forEach(client -> leftovers.add("the connection of " + client));
        if (actual.mode() != Mode.REAL) {
            actual.time().pendingTimers().stream()
                    .filter(timer -> belongsToSession(timer.label()))
                    .forEach(timer -> leftovers.add("the timer " + timer));
        }
        return leftovers;
    }

    private TestHubAssert hasNames(String what, String[] expected, Supplier<List<String>> found) {
        List<String> wanted = List.copyOf(new TreeSet<>(List.of(expected)));
        await(() -> sorted(found).equals(wanted));
        List<String> sorted = sorted(found);
        if (!sorted.equals(wanted)) {
            throw failure(
                    FailureReport.of(actual, onlyInOne(wanted, sorted)),
                    new Expectation(what + " " + wanted, "they are " + sorted).comparing(wanted, sorted));
        }
        return this;
    }

    private static List<String> sorted(Supplier<List<String>> names) {
        return names.get().stream().sorted().toList();
    }

    /** Looks at once, except on the wall's clock: there nobody can know that all is done. */
    private void await(BooleanSupplier condition) {
        if (actual.mode() == Mode.REAL) {
            var unused = actual.pace().settleUntil(condition);
        }
    }

    /** Whoever is missing or too many is who a reader asks about. */
    private static Set<String> onlyInOne(Collection<String> wanted, Collection<String> found) {
        Set<String> names = new TreeSet<>(wanted);
        names.addAll(found);
        names.removeIf(name -> wanted.contains(name) && found.contains(name));
        return names;
    }

    private TestHubAssert endedSession(String client, String expected, Predicate<CloseReason> rule) {
        await(() -> actual.sessionEndOf(client).isPresent());
        Optional<CloseReason> end = actual.sessionEndOf(client);
        if (end.filter(rule).isEmpty()) {
            String instead = end.map(reason -> "it ended with " + Journal.describe(reason))
                    .orElseGet(() -> actual.idOf(client).isPresent() ? "the session goes on" : "the hub began none");
            throw failure(
                    FailureReport.of(actual, Set.of(client)),
                    new Expectation("the session of " + client + " to have ended with " + expected, instead)
                            .withHint(nearestClient(client))
                            .comparing(expected, end.map(Journal::describe).orElse("none")));
        }
        actual.clients().stream()
                .filter(other -> other.name().equals(client))
                .forEach(other -> other.inbox().expectEnd());
        return this;
    }

    private Optional<String> nearestClient(String client) {
        List<String> names = actual.clients().stream().map(TestClient::name).toList();
        return names.contains(client)
                ? Optional.empty()
                : NearestName.of(client, names).map(name -> "the nearest name of a client is '" + name + "'");
    }

    private List<String> labels() {
        return actual.time().pendingTimers().stream()
                .map(VirtualTime.PendingTimer::label)
                .toList();
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
        return failure(FailureReport.of(actual), expectation);
    }

    private AssertionError failure(FailureReport report, Expectation expectation) {
        return report.failure(expectation.describedAs(descriptionText()));
    }
}
