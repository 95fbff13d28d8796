// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.JoinPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.StandardEvents;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session that outlives its connections. */
class ResumeTest {
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);
    private static final EventType<Integer> TYPING =
            EventType.of("typing", Integer.class).ephemeral();

    private final List<String> told = new ArrayList<>();
    private final Lobby lobby =
            Lobby.with(hub -> hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("*")))
                    .onRequest("echo", Integer.class, (client, number) -> number)
                    .onDisconnect((client, reason) -> told.add("disconnected " + reason.code()))
                    .onDetach((client, reason) -> told.add("detached " + reason.code()))
                    .onResume(client -> told.add("resumed")));
    private final ResumingPeer ann = ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann");

    private Client client() {
        return lobby.hub().find(ann.id()).orElseThrow();
    }

    private void news(int... numbers) {
        for (int number : numbers) {
            lobby.hub().user("ann").send(NEWS, number);
        }
        lobby.settle();
    }

    @Test
    void the_first_frame_answers_the_hello() {
        ann.hello();

        assertThat(ann.connection().sent()).hasSize(1);
        assertThat(ann.hello(0).get("resumed").asBoolean()).isFalse();
        assertThat(ann.hello(0).get("reason").asText()).isEqualTo("none");
        assertThat(ann.hello(0).get("seq").asLong()).isZero();
        assertThat(ann.hello(0).get("user").get("id").asText()).isEqualTo("ann");
    }

    @Test
    void counted_messages_are_numbered_from_1() {
        ann.hello();
        news(7, 8);
        lobby.hub().user("ann").send(TYPING, 9);
        lobby.settle();
        ann.read();

        assertThat(ann.received()).containsExactly("7", "8");
        assertThat(ann.receivedUncounted()).containsExactly("9");
        assertThat(ann.last()).isEqualTo(2);
        assertThat(ann.connection().sent().get(1)).startsWith("[1,{\"event\":\"news\"");
    }

    @Test
    void what_was_missed_comes_once_and_in_order() {
        ann.hello();
        news(1, 2);
        ann.read();
        news(3); // in the socket's buffer when it breaks
        ann.drop();
        news(4, 5);

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.received()).containsExactly("1", "2", "3", "4", "5");
        assertThat(told).containsExactly("detached 1006", "resumed");
    }

    @Test
    void what_is_ephemeral_is_not_kept_for_who_is_away() {
        ann.hello().drop();
        lobby.hub().user("ann").send(TYPING, 9);
        news(1);

        ann.dialAgain().claim();

        assertThat(ann.receivedUncounted()).isEmpty();
        assertThat(ann.received()).containsExactly("1");
    }

    @Test
    void a_session_is_claimed_before_anything_was_sent() {
        ann.hello();
        ann.drop();

        ann.dialAgain().claim();
        news(1);

        assertThat(ann.read().received()).containsExactly("1");
        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
    }

    @Test
    void a_session_is_claimed_twice_in_a_row() {
        ann.hello();
        news(1);
        ann.read().drop();
        ann.dialAgain().claim().drop();
        ann.dialAgain().claim();

        assertThat(ann.hellos()).isEqualTo(3);
        assertThat(ann.hello(2).get("resumed").asBoolean()).isTrue();
        assertThat(ann.received()).containsExactly("1");
    }

    @Test
    void a_claim_fences_a_connection_that_is_still_open() {
        ann.hello();
        var old = ann.connection();
        var oldHandler = ann.handler();
        news(1);

        ann.dialAgain().claim();
        news(2);
        oldHandler.onText("{\"event\":\"echo\",\"id\":\"1\",\"data\":5}", true);
        lobby.settle();

        assertThat(old.closes()).containsExactly(CloseReason.REPLACED);
        assertThat(old.sent()).hasSize(2);
        assertThat(ann.read().received()).containsExactly("1", "2");
    }

    @Test
    void groups_survive_and_messages_to_them_are_kept() {
        ann.hello().send("{\"event\":\"join\",\"data\":{\"id\":\"room\"}}");
        ann.drop();
        assertThat(client().isAway()).isTrue();
        lobby.hub().group("room").send(NEWS, 1);
        lobby.settle();

        ann.dialAgain().claim();

        assertThat(client().isAway()).isFalse();
        assertThat(client().groups()).containsExactly("room");
        assertThat(ann.received()).containsExactly("[\"room\"]", "1");
    }

    @Test
    void after_the_window_the_session_is_over() {
        ann.hello().drop();

        lobby.advance(Duration.ofSeconds(119));
        assertThat(lobby.hub().find(ann.id())).isPresent();
        lobby.advance(Duration.ofSeconds(2));
        assertThat(lobby.hub().find(ann.id())).isEmpty();

        ann.dialAgain().claim();
        assertThat(ann.hello(1).get("resumed").asBoolean()).isFalse();
        assertThat(ann.hello(1).get("reason").asText()).isEqualTo("expired");
        assertThat(told).containsExactly("detached 1006", "disconnected 1006");
    }

    @Test
    void attached_for_longer_than_the_window_and_then_cut_it_is_resumed_all_the_same() {
        ann.hello();
        for (int i = 0; i < 30; i++) {
            ann.send("{\"event\":\"hub/ping\"}");
            lobby.advance(Duration.ofSeconds(20));
        }
        ann.drop();
        lobby.advance(Duration.ofSeconds(100));

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
    }

    @Test
    void a_secret_is_good_once_it_was_replaced_and_the_new_one_confirmed() {
        ann.hello();
        String first = ann.session();
        ann.drop();
        ann.dialAgain().claim(); // the answer may be lost: the first secret is still good
        ann.drop();
        ann.dialAgain().claim(first, 0);
        assertThat(ann.hello(2).get("resumed").asBoolean()).isTrue();
        ann.send("{\"event\":\"hub/ping\"}").drop();

        ann.dialAgain().claim(first, 0);

        assertThat(ann.hello(3).get("resumed").asBoolean()).isFalse();
        assertThat(ann.hello(3).get("reason").asText()).isEqualTo("unknown");
    }

    @Test
    void another_user_cannot_claim_it_and_then_nobody_can() {
        ann.hello();
        String secret = ann.session();
        ResumingPeer eve = ResumingPeer.to(lobby.hub(), lobby.runtime(), "eve").claim(secret, 0);

        assertThat(eve.hello(0).get("resumed").asBoolean()).isFalse();
        assertThat(eve.hello(0).get("reason").asText()).isEqualTo("identity");
        assertThat(ann.connection().closes()).isEmpty();
        ann.drop();
        assertThat(lobby.hub().find(ann.id())).isEmpty();
    }

    @Test
    void what_is_not_kept_any_more_is_a_gap() {
        Lobby small = Lobby.with(hub -> hub.resume(ResumePolicy.defaults().atMost(4, 4096)));
        ResumingPeer bob = ResumingPeer.to(small.hub(), small.runtime(), "bob").hello();
        for (int i = 1; i <= 10; i++) {
            small.hub().user("bob").send(NEWS, i);
        }
        small.settle();
        bob.drop();

        bob.dialAgain().claim(bob.session(), 3);

        assertThat(bob.hello(1).get("resumed").asBoolean()).isFalse();
        assertThat(bob.hello(1).get("reason").asText()).isEqualTo("gap");
    }

    @Test
    void a_number_that_was_never_sent_is_a_gap() {
        ann.hello();
        news(1);
        ann.drop();

        ann.dialAgain().claim(ann.session(), 2);

        assertThat(ann.hello(1).get("reason").asText()).isEqualTo("gap");
    }

    @Test
    void an_acknowledgement_of_what_was_never_sent_breaks_the_protocol() {
        ann.hello();
        news(1);

        ann.send("{\"event\":\"hub/ack\",\"data\":{\"seq\":2}}");

        assertThat(ann.connection().closes()).extracting(CloseReason::code).containsExactly(4000);
        assertThat(lobby.hub().find(ann.id())).isEmpty();
    }

    @Test
    void who_does_not_greet_is_closed_with_4105() {
        lobby.advance(Duration.ofSeconds(11));

        assertThat(ann.connection().closes()).containsExactly(CloseReason.HELLO_TIMEOUT);
    }

    @Test
    void who_says_anything_else_first_is_closed_with_4000() {
        ann.send("{\"event\":\"ping\"}");

        assertThat(ann.connection().closes()).containsExactly(CloseReason.BAD_PROTOCOL);
    }

    @Test
    void a_second_hello_is_closed_with_4000() {
        ann.hello().hello();

        assertThat(ann.connection().closes()).containsExactly(CloseReason.BAD_PROTOCOL);
    }

    @Test
    void a_kick_ends_it_for_good() {
        ann.hello();
        client().kick(CloseReason.KICKED);
        lobby.settle();

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("reason").asText()).isEqualTo("unknown");
        assertThat(told).containsExactly("disconnected 4004");
    }

    @Test
    void a_clean_goodbye_ends_it_for_good() {
        ann.hello();
        ann.handler().onClosed(CloseReason.NORMAL);
        lobby.settle();

        assertThat(told).containsExactly("disconnected 1000");
    }

    @Test
    void a_kick_while_away_ends_it_for_good() {
        ann.hello().drop();
        client().kick(CloseReason.KICKED);
        lobby.settle();

        assertThat(told).containsExactly("detached 1006", "disconnected 4004");
        assertThat(lobby.hub().online().list()).isEmpty();
    }
}
