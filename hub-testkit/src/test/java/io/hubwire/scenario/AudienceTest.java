// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.AttributeKey;
import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AudienceTest {
    private static final EventType<String> NEWS = EventType.of("news", String.class);
    private static final EventType<Void> BELL = EventType.of("bell");
    private static final AttributeKey<String> TENANT = AttributeKey.of("tenant", String.class);

    private final TestHub testHub = TestHub.of();
    private final Hub hub = testHub.hub();
    private final TestClient ann = testHub.connect("ann");
    private final TestClient annToo = testHub.connect("ann");
    private final TestClient bob = testHub.connect("bob");
    private final TestClient eve = testHub.connectAnonymous();
    private int sent;

    @BeforeEach
    void join() {
        ann.session().join("red");
        ann.session().join("blue");
        annToo.session().join("blue");
        bob.session().join("red");
    }

    @AfterEach
    void close() {
        testHub.close();
    }

    @Test
    void everybody() {
        assertReaches(hub.all(), ann, annToo, bob, eve);
    }

    @Test
    void a_group() {
        assertReaches(hub.group("red"), ann, bob);
    }

    @Test
    void a_group_without_members() {
        assertReaches(hub.group("green"));
    }

    @Test
    void several_groups_reach_a_member_of_both_once() {
        assertReaches(hub.groups("red", "blue"), ann, annToo, bob);
    }

    @Test
    void a_user_on_every_device() {
        assertReaches(hub.user("ann"), ann, annToo);
    }

    @Test
    void one_client() {
        assertReaches(hub.client(annToo.id()), annToo);
    }

    @Test
    void these_and_those_each_once() {
        assertReaches(hub.group("red").and(hub.user("ann")).and(hub.client(ann.id())), ann, annToo, bob);
    }

    @Test
    void these_without_some_clients() {
        assertReaches(hub.all().except(ann.session(), eve.session()), annToo, bob);
        assertReaches(hub.all().except(new Client[0]), ann, annToo, bob, eve);
    }

    @Test
    void these_without_those() {
        assertReaches(hub.all().except(hub.user("ann")).except(hub.group("red")), eve);
    }

    @Test
    void those_who_carry_a_value() {
        ann.session().set(TENANT, "red");
        bob.session().set(TENANT, "blue");

        assertReaches(hub.all().where(TENANT, "red"), ann);
        assertReaches(hub.group("red").where(TENANT, "blue"), bob);
        bob.session().remove(TENANT);
        assertReaches(hub.group("red").where(TENANT, "blue"));
    }

    @Test
    void those_of_this_node_for_whom_a_predicate_holds() {
        assertReaches(hub.local().where(client -> client.user().isEmpty()), eve);
        assertReaches(
                hub.local().where(client -> client.user().isPresent()).where(client -> client.isIn("blue")),
                ann,
                annToo);
    }

    @Test
    void an_audience_is_resolved_at_each_send() {
        Audience red = hub.group("red");
        assertReaches(red, ann, bob);

        eve.session().join("red");
        bob.close();

        assertReaches(red, ann, eve);
    }

    @Test
    void an_audience_knows_its_clients() {
        assertThat(hub.group("red").clients()).containsExactlyInAnyOrder(ann.session(), bob.session());
        assertThat(hub.group("red").size()).isEqualTo(2);
    }

    @Test
    void an_event_without_a_payload_reaches_everybody_too() {
        hub.all().send(BELL);
        testHub.settle();

        assertThat(eve).received("bell").hasSize(1);
    }

    @Test
    void bad_names_are_refused_at_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> hub.group("bad name"));
        assertThatIllegalArgumentException().isThrownBy(() -> hub.all().send("hub/mine", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> hub.all().send("bad name", "x"));
    }

    @Test
    void sends_of_one_thread_arrive_in_call_order_whatever_their_audience() {
        hub.all().send(NEWS, "1");
        bob.session().send(NEWS, "2");
        hub.group("red").send(NEWS, "3");
        hub.user("bob").send(NEWS, "4");
        testHub.settle();

        assertThat(bob).received(NEWS).containsExactly("1", "2", "3", "4");
    }

    private void assertReaches(Audience audience, TestClient... expected) {
        List<TestClient> all = List.of(ann, annToo, bob, eve);
        String text = "news " + ++sent;

        audience.send(NEWS, text);
        testHub.settle();

        assertThat(all.stream().filter(client -> client.received(NEWS).contains(text)))
                .containsExactly(expected);
        assertThat(all.stream()
                        .mapToLong(client -> client.received(NEWS).stream()
                                .filter(text::equals)
                                .count())
                        .sum())
                .isEqualTo(expected.length);
    }
}
