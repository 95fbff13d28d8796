// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.simulation;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.SendReport;
import io.hubwire.User;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * What {@link Probe} was told and what it did, so that what contradicts a promise of the hub is noticed at once. The hub
 * swallows what a callback throws: that is kept until somebody asks. One for each run.
 */
final class Books implements HubObserver {
    private final Map<Client, Lane> lanes = new HashMap<>();
    private final Map<String, Set<Client>> members = new TreeMap<>();
    private final Set<String> everIn = new HashSet<>();
    private final Set<String> usersOnline = new TreeSet<>();
    private final Set<String> away = new HashSet<>();
    private final Map<String, CloseReason> ends = new HashMap<>();
    private final List<SendReport> reports = new ArrayList<>();
    private final List<CompletableFuture<SendReport.Outcome>> outcomes = new ArrayList<>();
    private final boolean mayMiss;
    private final AskedQuestions asked = new AskedQuestions(this::told);
    private Optional<AssertionError> broken = Optional.empty();

    /** What the application has seen of one session. */
    private static final class Lane {
        boolean isBusy;
        boolean isOver;
        int last;

        /** A stage that it waits for is not over before. */
        Instant heldUntil = Instant.MIN;
    }

    /** Of a hub whose clients may miss a message that does not fit, or may not. */
    Books(boolean mayMiss) {
        this.mayMiss = mayMiss;
    }

    // --- what the application is told

    void connected(Client client) {
        told(() -> assertThat(lanes.put(client, new Lane()))
                .as("onConnect comes once")
                .isNull());
    }

    void disconnected(Client client, CloseReason reason) {
        told(() -> {
            Lane lane = lane(client);
            assertThat(lane.isOver).as("onDisconnect comes once").isFalse();
            assertThat(lane.isBusy)
                    .as("onDisconnect comes after the last handler")
                    .isFalse();
            assertThat(client.isConnected()).isFalse();
            assertThat(reason).as("the end, as observers were told").isEqualTo(ends.get(client.id()));
            members.forEach((group, clients) -> assertThat(clients).as(group).doesNotContain(client));
            lane.isOver = true;
            asked.isOver(client);
        });
    }

    void joined(Client client, String group) {
        told(() -> {
            assertThat(lane(client).isOver).as("onJoined comes before the end").isFalse();
            everIn.add(client.id() + " " + group);
            assertThat(members.computeIfAbsent(group, unused -> new HashSet<>()).add(client))
                    .as("onJoined comes once")
                    .isTrue();
        });
    }

    void left(Client client, String group) {
        told(() -> assertThat(members.getOrDefault(group, Set.of()).remove(client))
                .as("onLeft follows onJoined")
                .isTrue());
    }

    void online(User user) {
        told(() -> assertThat(usersOnline.add(user.id()))
                .as("who comes online was offline: " + user)
                .isTrue());
    }

    void offline(User user) {
        told(() -> assertThat(usersOnline.remove(user.id()))
                .as("who goes offline was online: " + user)
                .isTrue());
    }

    @Override
    public void clientDisconnected(String client, CloseReason reason) {
        ends.put(client, reason);
    }

    @Override
    public void clientDetached(String client, CloseReason reason) {
        away.add(client);
    }

    @Override
    public void clientResumed(String client) {
        away.remove(client);
    }

    /** Who is away is told of it when it comes back. */
    @Override
    public void dropped(String client, String event, Frame frame) {
        told(() -> assertThat(mayMiss || away.contains(client) || event.equals(Probe.TYPING.name()))
                .as("who misses '" + event + "' does not go on as if nothing had happened")
                .isTrue());
    }

    /** What is asserted in there is kept, for whoever calls swallows it. */
    void told(Runnable assertions) {
        try {
            assertions.run();
        } catch (AssertionError e) {
            broken = broken.or(() -> Optional.of(e));
        }
    }

    /** What clients are asked. */
    AskedQuestions asked() {
        return asked;
    }

    // --- what handlers do

    void begin(Client client, int n) {
        Lane lane = lane(client);
        assertThat(lane.isOver)
                .as("the session is over before its handler " + n)
                .isFalse();
        assertThat(n).as("the order of messages").isGreaterThan(lane.last);
        assertThat(lane.isBusy).as("another handler runs beside " + n).isFalse();
        assertThat(client.hub().timers().now())
                .as("another handler's stage is not over when this one begins: " + n)
                .isAfterOrEqualTo(lane.heldUntil);
        lane.last = n;
        lane.isBusy = true;
    }

    void end(Client client) {
        lane(client).isBusy = false;
    }

    /** The lane waits for a stage of the handler. */
    void hold(Client client, Duration time) {
        lane(client).heldUntil = client.hub().timers().now().plus(time);
    }

    void requireConnected(Client client) {
        Lane unused = lane(client);
    }

    SendReport sent(SendReport report) {
        int refused = 0;
        for (SendReport.Refusal reason : SendReport.Refusal.values()) {
            refused += report.refused(reason);
        }
        assertThat(report.accepted() + refused).as("accepted and refused").isEqualTo(report.targets());
        reports.add(report);
        outcomes.add(report.written().toCompletableFuture());
        return report;
    }

    private Lane lane(Client client) {
        Lane lane = lanes.get(client);
        assertThat(lane).as("onConnect comes before anything else").isNotNull();
        return lane;
    }

    // --- what is so

    /** The members of any of these groups; those whose sessions have ended are told later that they have left. */
    Set<Client> membersOf(String... groups) {
        Set<Client> found = new HashSet<>();
        for (String group : groups) {
            members.getOrDefault(group, Set.of()).stream()
                    .filter(Client::isConnected)
                    .forEach(found::add);
        }
        return found;
    }

    boolean wasIn(String client, String group) {
        return everIn.contains(client + " " + group);
    }

    /** A shutdown has ended a session. */
    boolean hasShutDown() {
        return ends.containsValue(CloseReason.SERVICE_RESTART);
    }

    // --- what must hold

    /** At any time. */
    void check() {
        if (broken.isPresent()) {
            throw broken.get();
        }
    }

    /** When everybody is back and all is quiet. */
    void checkPresence(TestHub hub) {
        members.forEach((group, clients) -> {
            assertThat(hub.hub().group(group).clients()).containsExactlyInAnyOrderElementsOf(clients);
            clients.forEach(client -> assertThat(client.groups()).contains(group));
        });
        assertThat(hub).hasOnlineUsers(usersOnline.toArray(String[]::new));
        lanes.forEach((client, lane) -> assertThat(lane.isOver).isEqualTo(!client.isConnected()));
    }

    /** When everybody has left. */
    void checkOver() {
        for (int i = 0; i < outcomes.size(); i++) {
            assertThat(outcomes.get(i)).as("what became of a send").isCompleted();
            SendReport.Outcome outcome = outcomes.get(i).join();
            assertThat(outcome.written() + outcome.lost())
                    .isEqualTo(reports.get(i).accepted());
            assertThat(outcome.written()).isNotNegative();
            assertThat(outcome.lost()).isNotNegative();
        }
        asked.checkOver();
        checkAllTold();
    }

    /** Nobody is left to be told of. */
    void checkAllTold() {
        assertThat(usersOnline).as("users who are online").isEmpty();
        members.forEach((group, clients) -> assertThat(clients).as(group).isEmpty());
        lanes.forEach((client, lane) -> assertThat(lane.isOver).as("" + client).isTrue());
    }
}
