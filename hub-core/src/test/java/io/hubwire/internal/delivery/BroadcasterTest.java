// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.AttributeKey;
import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.EventException;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BroadcasterTest {
    private static final AttributeKey<String> COLOUR = AttributeKey.of("colour", String.class);

    private final Lobby lobby =
            Lobby.with(hub -> hub.connections(ConnectionLimits.defaults().handshakesPerSecond(1_000_000, 1_000_000)));
    private final Hub hub = lobby.hub();

    @Test
    void each_recipient_gets_a_message_once_however_many_parts_fit() {
        Visitor ann = lobby.enter("ann");
        ann.client().join("red");
        ann.client().join("blue");

        SendReport report = hub.groups("red", "blue", "red")
                .and(hub.user("ann"))
                .and(hub.all())
                .send("x", 1);

        assertThat(report.targets()).isEqualTo(1);
        assertThat(ann.received()).containsExactly("{\"event\":\"x\",\"data\":1,\"code\":0}");
    }

    /** An audience and what it means. */
    private record Meaning(Audience audience, Predicate<Client> includes) {}

    @RepeatedTest(20)
    void an_audience_is_what_its_description_says(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 12; i++) {
            Client client = lobby.enter("u" + random.nextInt(4)).client();
            for (String group : List.of("red", "blue", "green")) {
                if (random.nextBoolean()) {
                    client.join(group);
                }
            }
            client.set(COLOUR, random.nextBoolean() ? "dark" : "light");
        }
        List<Client> everybody = hub.all().clients();

        for (int i = 0; i < 200; i++) {
            Meaning meaning = random(random, everybody, 3);
            Set<Client> expected =
                    new HashSet<>(everybody.stream().filter(meaning.includes()).toList());

            assertThat(meaning.audience().clients()).doesNotHaveDuplicates();
            assertThat(new HashSet<>(meaning.audience().clients()))
                    .as("%s", meaning.audience())
                    .isEqualTo(expected);
            assertThat(meaning.audience().size()).isEqualTo(expected.size());
        }
    }

    private Meaning random(Random random, List<Client> everybody, int depth) {
        Client one = everybody.get(random.nextInt(everybody.size()));
        String group = List.of("red", "blue", "green", "empty").get(random.nextInt(4));
        String user = "u" + random.nextInt(5);
        if (depth == 0) {
            return switch (random.nextInt(5)) {
                case 0 -> new Meaning(hub.all(), client -> true);
                case 1 -> new Meaning(hub.group(group), client -> client.isIn(group));
                case 2 -> new Meaning(hub.groups(group, "red"), client -> client.isIn(group) || client.isIn("red"));
                case 3 ->
                    new Meaning(
                            hub.user(user), client -> client.requireUser().id().equals(user));
                default -> new Meaning(hub.client(one.id()), client -> client == one);
            };
        }
        Meaning a = random(random, everybody, depth - 1);
        Meaning b = random(random, everybody, depth - 1);
        return switch (random.nextInt(4)) {
            case 0 -> new Meaning(a.audience().and(b.audience()), a.includes().or(b.includes()));
            case 1 ->
                new Meaning(
                        a.audience().except(b.audience()),
                        a.includes().and(b.includes().negate()));
            case 2 -> new Meaning(a.audience().except(one), a.includes().and(client -> client != one));
            default ->
                new Meaning(
                        a.audience().where(COLOUR, "dark"),
                        a.includes().and(client -> client.get(COLOUR).equals(Optional.of("dark"))));
        };
    }

    @Test
    void everybody_on_this_node_may_be_narrowed_by_a_predicate() {
        Visitor ann = lobby.enter("ann");
        Visitor bob = lobby.enter("bob");

        hub.local().where(client -> client.requireUser().id().equals("bob")).send("x", 1);

        assertThat(ann.received()).isEmpty();
        assertThat(bob.received()).hasSize(1);
    }

    @Test
    void a_client_reaches_the_others_of_its_groups_only() {
        Visitor ann = lobby.enter("ann");
        Visitor bob = lobby.enter("bob");
        ann.client().join("red");
        bob.client().join("red");

        ann.client().others("red").send("x", 1);

        assertThat(ann.received()).isEmpty();
        assertThat(bob.received()).hasSize(1);
        assertThatThrownBy(() -> ann.client().group("blue")).isInstanceOf(EventException.class);
        assertThatThrownBy(() -> ann.client().others("blue")).isInstanceOf(EventException.class);
    }

    @Test
    void the_sender_writes_to_64_and_leaves_the_rest_to_the_writers() {
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            visitors.add(lobby.enterAnonymously());
        }

        SendReport report = hub.all().send("x", 1);

        assertThat(visitors)
                .filteredOn(visitor -> !visitor.received().isEmpty())
                .hasSize(64);
        lobby.settle();
        assertThat(visitors)
                .allSatisfy(visitor -> assertThat(visitor.received()).hasSize(1));
        assertThat(report.accepted()).isEqualTo(100);
    }

    @Test
    void broadcasts_and_direct_sends_share_one_order() {
        Visitor ann = lobby.enter("ann", RecordingConnection.deferred());
        for (int i = 0; i < 100; i += 4) {
            hub.all().send("n", i);
            ann.client().send("n", i + 1);
            hub.user("ann").send("n", i + 2);
            hub.client(ann.client().id()).send("n", i + 3);
        }

        ann.connection().completeAll(lobby.runtime());

        assertThat(ann.received()).hasSize(100);
        for (int i = 0; i < 100; i++) {
            assertThat(ann.received().get(i)).contains("\"data\":" + i + ",");
        }
    }

    @Test
    void a_message_is_encoded_once_however_many_get_it() {
        List<Visitor> visitors = List.of(lobby.enterAnonymously(), lobby.enterAnonymously());

        hub.all().send("x", "text");

        assertThat(visitors.get(0).connection().sent().get(0))
                .isSameAs(visitors.get(1).connection().sent().get(0));
    }

    @Test
    void a_report_says_who_refused_and_why() {
        Visitor ann = lobby.enter("ann");
        Visitor bob = lobby.enter("bob", RecordingConnection.deferred());
        bob.client().send("x", 1);
        bob.client().send("x", 2);
        Audience both = hub.user("ann").and(hub.user("bob"));

        SendReport report = both.send(EventType.of("typing", String.class).ephemeral(), "…");

        assertThat(report.targets()).isEqualTo(2);
        assertThat(report.refused(Refusal.SUPERSEDED)).isEqualTo(1);
        ann.client().close(CloseReason.NORMAL);
        assertThat(ann.client().send("x", 3).refused(Refusal.CLOSED)).isEqualTo(1);
    }

    @Test
    void kicking_tells_how_many_and_ends_them() {
        Visitor phone = lobby.enter("ann");
        Visitor laptop = lobby.enter("ann");
        Visitor bob = lobby.enter("bob");

        assertThat(hub.user("ann").except(phone.client()).kick(CloseReason.KICKED))
                .isEqualTo(1);
        lobby.settle();

        assertThat(phone.client().isConnected()).isTrue();
        assertThat(laptop.connection().closes()).containsExactly(CloseReason.KICKED);
        assertThat(bob.client().isConnected()).isTrue();
        assertThat(hub.all().close(CloseReason.NORMAL)).isEqualTo(2);
        assertThat(hub.all().size()).isZero();
    }

    @Test
    void audiences_of_different_hubs_cannot_be_combined() {
        Audience other = Lobby.with(builder -> builder).hub().all();

        assertThatThrownBy(() -> hub.all().and(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different hubs");
        assertThatThrownBy(() -> hub.all().except(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_bad_name_of_a_group_is_refused() {
        assertThatThrownBy(() -> hub.group("no spaces")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hub.groups("fine", "no spaces")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_audience_says_what_it_is() {
        assertThat(hub.groups("red", "blue").except(hub.user("ann")).where(COLOUR, "dark"))
                .hasToString("[group red, group blue] except user ann where colour=dark");
    }

    @Test
    void an_observer_is_told_of_a_broadcast() {
        List<String> told = new ArrayList<>();
        Lobby observed = Lobby.with(builder -> builder.observer(new HubObserver() {
            @Override
            public void broadcast(String audience, String event, int accepted) {
                told.add(audience + " " + event + " " + accepted);
            }
        }));
        observed.enter("ann");

        observed.hub().all().send("x", 1);

        assertThat(told).containsExactly("all x 1");
    }

    @Test
    void members_of_a_group_are_served_in_the_same_order_in_every_run() {
        List<String> first = orderOfService();
        List<String> second = orderOfService();

        assertThat(second).isEqualTo(first).hasSize(40);
    }

    private static List<String> orderOfService() {
        List<String> served = new ArrayList<>();
        Lobby run = Lobby.with(builder -> builder.observer(new HubObserver() {
            @Override
            public void pushed(String client, String event, Frame frame) {
                served.add(client);
            }
        }));
        for (int i = 0; i < 40; i++) {
            run.enterAnonymously().client().join("red");
        }
        run.hub().group("red").send("x", 1);
        return served;
    }
}
