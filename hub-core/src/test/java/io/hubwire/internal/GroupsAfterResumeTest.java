// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.StandardEvents;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What becomes of a client's groups when the hub takes them away, and when the client comes back. */
class GroupsAfterResumeTest {
    private static final String DENIED = "{\"id\":\"room\",\"reason\":\"denied\"}";

    private final Set<String> forbidden = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> open = new ArrayList<>();
    private boolean isSlow;
    private boolean isBroken;

    private final Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.joinAndQuit(this::mayJoin)));
    private final ResumingPeer ann =
            ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();

    private CompletionStage<Boolean> mayJoin(Client client, String group) {
        asked.add(group);
        if (isBroken) {
            throw new IllegalStateException("no data base");
        }
        if (isSlow) {
            CompletableFuture<Boolean> decision = new CompletableFuture<>();
            open.add(decision);
            return decision;
        }
        return CompletableFuture.completedFuture(!forbidden.contains(group));
    }

    private Client client() {
        return lobby.hub().find(ann.id()).orElseThrow();
    }

    private void join(String group) {
        ann.send("{\"event\":\"join\",\"data\":{\"id\":\"" + group + "\"}}");
        asked.clear();
    }

    @Test
    void a_client_is_told_of_a_group_that_it_was_taken_out_of() {
        join("room");

        client().leave("room");

        assertThat(ann.read().receivedUncounted()).containsExactly("{\"id\":\"room\",\"reason\":\"removed\"}");
        assertThat(ann.connection().sent().get(2)).startsWith("{\"event\":\"hub/left\"");
    }

    @Test
    void the_reason_may_be_the_applications_own() {
        join("room");

        client().leave("room", "closed");
        client().leave("room", "closed");

        assertThat(ann.read().receivedUncounted()).containsExactly("{\"id\":\"room\",\"reason\":\"closed\"}");
    }

    @Test
    void a_client_that_quits_is_only_answered() {
        join("room");

        ann.send("{\"event\":\"quit\",\"data\":{\"id\":\"room\"}}");

        assertThat(ann.received()).containsExactly("[\"room\"]", "[]");
        assertThat(ann.receivedUncounted()).isEmpty();
    }

    @Test
    void a_classic_client_is_told_nothing() {
        Visitor bob = lobby.enter("bob");
        bob.client().join("room");

        bob.client().leave("room");

        assertThat(bob.received()).isEmpty();
    }

    @Test
    void a_group_that_is_still_allowed_is_kept() {
        join("room");

        ann.drop().dialAgain().claim();

        assertThat(asked).containsExactly("room");
        assertThat(client().groups()).containsExactly("room");
        assertThat(ann.receivedUncounted()).isEmpty();
    }

    @Test
    void a_group_that_is_denied_now_is_left_before_the_session_goes_on() {
        join("room");
        join("other");
        forbidden.add("room");

        ann.drop().dialAgain().claim();
        lobby.hub().group("room").send("news", 1);
        lobby.settle();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(client().groups()).containsExactly("other");
        assertThat(ann.hello(1).get("groups"))
                .as("what the notice is about is not gone before")
                .extracting(JsonNode::asText)
                .containsExactly("other", "room");
        assertThat(ann.read().receivedUncounted()).containsExactly(DENIED);
        assertThat(ann.received()).containsExactly("[\"room\"]", "[\"room\",\"other\"]");
    }

    @Test
    void the_notice_goes_to_the_new_connection_while_the_old_one_is_still_open() {
        join("room");
        forbidden.add("room");
        var old = ann.connection();

        ann.dialAgain().claim();

        assertThat(old.sent()).noneMatch(frame -> frame.contains("hub/left"));
        assertThat(old.closes()).containsExactly(CloseReason.REPLACED);
        assertThat(ann.receivedUncounted()).containsExactly(DENIED);
    }

    @Test
    void a_policy_that_fails_denies() {
        join("room");
        isBroken = true;

        ann.drop().dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.receivedUncounted()).containsExactly(DENIED);
    }

    @Test
    void a_policy_that_is_late_denies() {
        join("room");
        isSlow = true;

        ann.drop().dialAgain().claim();
        assertThat(ann.hellos()).isEqualTo(1);
        lobby.advance(Duration.ofSeconds(5));
        lobby.settle();

        assertThat(ann.read().hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.receivedUncounted()).containsExactly(DENIED);
    }

    @Test
    void eight_groups_at_most_are_asked_about_at_a_time() {
        for (int i = 0; i < 20; i++) {
            join("room-" + i);
        }
        isSlow = true;

        ann.drop().dialAgain().claim();
        assertThat(asked).hasSize(8);
        open.get(3).complete(true);
        lobby.settle();
        assertThat(asked).hasSize(9);
        for (int i = 0; i < open.size(); i++) {
            open.get(i).complete(true);
            lobby.settle();
        }

        assertThat(asked).hasSize(20).doesNotHaveDuplicates();
        assertThat(ann.read().hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(client().groups()).hasSize(20);
    }

    @Test
    void groups_that_the_server_has_chosen_are_not_asked_about() {
        Lobby own = Lobby.with(hub -> hub.install(StandardEvents.joinAndQuit(this::mayJoin))
                .authenticator(handshake -> Admission.asUser("ann").join("all"))
                .onConnect(client -> client.join("lobby")));
        ResumingPeer peer = ResumingPeer.to(own.hub(), own.runtime(), "ann").hello();
        peer.send("{\"event\":\"join\",\"data\":{\"id\":\"all\"}}");
        asked.clear();

        peer.drop().dialAgain().claim();

        assertThat(asked).isEmpty();
        assertThat(own.hub().find(peer.id()).orElseThrow().groups()).containsExactly("all", "lobby");
    }

    @Test
    void a_group_that_was_left_and_given_back_by_the_server_is_not_asked_about() {
        join("room");
        client().leave("room");
        client().join("room");

        ann.drop().dialAgain().claim();

        assertThat(asked).isEmpty();
        assertThat(client().groups()).containsExactly("room");
    }
}
