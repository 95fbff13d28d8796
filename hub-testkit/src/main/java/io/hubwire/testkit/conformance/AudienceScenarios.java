// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.AttributeKey;
import io.hubwire.Audience;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.conformance.Chat.Said;
import io.hubwire.testkit.conformance.Chat.Talk;
import org.junit.jupiter.api.Test;

/** Groups and audiences: who is meant gets a message once, and nobody else does. */
interface AudienceScenarios extends Stage {
    @Test
    default void everybody_gets_what_is_sent_to_all_but_those_who_are_excepted() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            TestClient somebody = hub.connectAnonymous();

            say(hub.hub().all(), "to all");
            say(hub.hub().all().except(bob.session()), "not to bob");
            say(hub.hub().all().except(hub.hub().user("ann")), "not to ann");

            hears(ann, "to all", "not to bob");
            hears(bob, "to all", "not to ann");
            hears(somebody, "to all", "not to bob", "not to ann");
        }
    }

    @Test
    default void members_of_a_group_get_what_is_sent_to_it_once() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            TestClient eve = hub.connect("eve");
            ann.expectReply(ann.join("room-1")).isOk();
            bob.expectReply(bob.join("room-1")).isOk();
            bob.expectReply(bob.join("room-2")).isOk();

            say(hub.hub().group("room-1"), "to one");
            say(hub.hub().groups("room-1", "room-2"), "to both");
            say(hub.hub().group("room-2").and(hub.hub().group("room-1")), "to either");
            say(hub.hub().group("room-3"), "to nobody");

            hears(ann, "to one", "to both", "to either");
            hears(bob, "to one", "to both", "to either");
            hears(eve);
            assertThat(hub).hasGroup("room-1", "ann", "bob").hasGroup("room-2", "bob");
        }
    }

    @Test
    default void others_are_all_members_but_the_one_who_speaks() {
        try (TestHub hub =
                chat(builder -> builder.on("chat/whisper", client -> say(client.others("room-1"), "psst")))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            ann.expectReply(ann.join("room-1")).isOk();
            bob.expectReply(bob.join("room-1")).isOk();

            ann.expectReply(ann.request("chat/whisper")).isOk();

            hears(bob, "psst");
            hears(ann);
        }
    }

    @Test
    default void a_user_is_reached_on_every_device_and_a_client_on_its_own() {
        AttributeKey<String> team = AttributeKey.of("team", String.class);
        try (TestHub hub = chat()) {
            TestClient phone = hub.connect("ann");
            TestClient laptop = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            laptop.session().set(team, "red");
            bob.session().set(team, "red");

            say(hub.hub().user("ann"), "to ann");
            say(hub.hub().client(phone.id()), "to the phone");
            say(hub.hub().all().where(team, "red"), "to the reds");

            hears(phone, "to ann", "to the phone");
            hears(laptop, "to ann", "to the reds");
            hears(bob, "to the reds");
        }
    }

    @Test
    default void a_join_is_answered_with_the_client_s_groups() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            ann.expectReply(ann.join("room-1")).isOk().hasExactData("[\"room-1\"]");
            ann.expectReply(ann.join("room-2")).isOk().hasExactData("[\"room-1\",\"room-2\"]");
            ann.expectReply(ann.quit("room-1")).isOk().hasExactData("[\"room-2\"]");
            ann.expectReply(ann.quit("room-2")).isOk().hasExactData("[]");

            assertThat(hub).hasGroup("room-1").hasGroup("room-2");
        }
    }

    @Test
    default void a_join_that_the_policy_denies_leaves_the_client_outside() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            Reply<Object> denied = ann.join("vault");
            Reply<Object> nameless = ann.join("has space");

            ann.expectReply(denied).failedWith(ErrorCode.FORBIDDEN);
            ann.expectReply(nameless).failedWith(ErrorCode.INVALID_PAYLOAD);
            say(hub.hub().group("vault"), "secret");
            hears(ann);
        }
    }

    @Test
    default void who_has_left_a_group_hears_nothing_more_of_it() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            ann.expectReply(ann.join("room-1")).isOk();
            bob.expectReply(bob.join("room-1")).isOk();

            bob.expectReply(bob.request(Chat.TALK, new Talk("room-1", "bye"))).isOk();
            bob.expectReply(bob.quit("room-1")).isOk();
            ann.expectReply(ann.request(Chat.TALK, new Talk("room-1", "gone?"))).isOk();

            hears(ann, "bye", "gone?");
            hears(bob, "bye");
        }
    }

    @Test
    default void a_greeting_comes_before_everything_that_the_group_is_told_later() {
        try (TestHub hub = chat(builder ->
                builder.onJoined("room-{id}", (client, group) -> client.send(Chat.SAID, new Said("hub", "welcome"))))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            bob.expectReply(bob.join("room-1")).isOk();

            ann.expectReply(ann.join("room-1")).isOk();
            bob.expectReply(bob.request(Chat.TALK, new Talk("room-1", "later"))).isOk();

            hears(ann, "welcome", "later");
            assertThat(ann.messages().get(0).event())
                    .as("before the join is answered")
                    .isEqualTo(Chat.SAID.name());
        }
    }

    private static void say(Audience audience, String text) {
        audience.send(Chat.SAID, new Said("hub", text));
    }

    /** These texts and nothing more. */
    private void hears(TestClient client, String... texts) {
        for (String text : texts) {
            client.expectPush(Chat.SAID)
                    .dataAs(Said.class)
                    .extracting(Said::text)
                    .isEqualTo(text);
        }
        catchUp(client);
        client.expectNoPush();
    }
}
