// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.Client;
import io.hubwire.internal.testing.HelloCodec;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A client that comes back is told which groups it is in, so that no group is lost without its learning of it. */
class GroupsOfResumedHelloTest {
    private static final String REMOVED = "{\"id\":\"room\",\"reason\":\"removed\"}";

    private final HelloCodec codec = new HelloCodec();
    private final List<CompletableFuture<?>> checks = new ArrayList<>();
    private boolean isSlow;

    private final Lobby lobby = Lobby.with(hub -> hub.codec(codec).beforeResume(this::check));
    private final ResumingPeer ann =
            ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();

    private CompletionStage<?> check(Client client) {
        CompletableFuture<?> check = isSlow ? new CompletableFuture<>() : CompletableFuture.completedFuture(null);
        checks.add(check);
        return check;
    }

    private Client client() {
        return lobby.hub().find(ann.id()).orElseThrow();
    }

    @Test
    void the_groups_are_listed_in_the_order_in_which_they_were_entered() {
        client().join("room");
        client().join("hall");

        ann.drop().dialAgain().claim();

        assertThat(ann.hello(1).get("groups")).extracting(JsonNode::asText).containsExactly("room", "hall");
    }

    @Test
    void there_is_no_list_where_there_is_no_group() {
        ann.drop().dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.hello(1).has("groups")).isFalse();
    }

    @Test
    void a_new_session_lists_none() {
        client().join("room");
        ann.drop();
        lobby.advance(Duration.ofMinutes(3));

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isFalse();
        assertThat(ann.hello(1).has("groups")).isFalse();
    }

    @Test
    void a_group_whose_notice_was_lost_in_the_cut_is_not_listed() {
        client().join("room");
        client().join("hall");
        client().leave("room"); // written, and never read
        ann.drop().dialAgain().claim();

        assertThat(ann.receivedUncounted()).isEmpty();
        assertThat(ann.hello(1).get("groups")).extracting(JsonNode::asText).containsExactly("hall");
    }

    @Test
    void a_group_that_was_left_while_away_is_told_of_once_behind_the_answer() {
        client().join("room");
        client().join("hall");
        ann.drop();
        client().leave("room");

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("groups")).extracting(JsonNode::asText).containsExactly("hall", "room");
        assertThat(ann.receivedUncounted()).containsExactly(REMOVED);
        assertThat(ann.drop().dialAgain().claim().hello(2).get("groups"))
                .extracting(JsonNode::asText)
                .containsExactly("hall");
        assertThat(ann.receivedUncounted()).containsExactly(REMOVED);
    }

    @Test
    void a_group_that_was_left_when_the_application_heard_of_the_loss_is_told_of_behind_what_was_missed() {
        Lobby own = Lobby.with(hub -> hub.onDetach((client, reason) -> client.leave("room", "closed")));
        ResumingPeer peer = ResumingPeer.to(own.hub(), own.runtime(), "ann").hello();
        own.hub().find(peer.id()).orElseThrow().join("room");
        peer.drop();
        own.hub().client(peer.id()).send("news", 1);

        peer.dialAgain().claim();

        assertThat(peer.hello(1).get("groups")).extracting(JsonNode::asText).containsExactly("room");
        assertThat(peer.heard())
                .extracting(message -> message.get("data").toString())
                .containsExactly("1", "{\"id\":\"room\",\"reason\":\"closed\"}");
    }

    @Test
    void a_group_that_was_entered_again_while_away_was_never_lost() {
        client().join("room");
        ann.drop();
        client().leave("room");
        client().join("room");

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("groups")).extracting(JsonNode::asText).containsExactly("room");
        assertThat(ann.receivedUncounted()).isEmpty();
    }

    @Test
    void a_claim_that_fails_leaves_the_notice_for_the_next() {
        client().join("room");
        ann.drop();
        client().leave("room");
        isSlow = true;
        ann.dialAgain().claim();
        lobby.advance(Duration.ofSeconds(11));
        isSlow = false;

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("groups")).extracting(JsonNode::asText).containsExactly("room");
        assertThat(ann.receivedUncounted()).containsExactly(REMOVED);
    }

    @Test
    void of_more_groups_than_a_client_may_be_in_only_so_many_notices_wait() {
        ann.drop();
        for (int i = 0; i < 200; i++) {
            client().join("room-" + i);
            client().leave("room-" + i);
        }

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("groups")).hasSize(128);
        assertThat(ann.receivedUncounted()).hasSize(128);
    }

    @Test
    void a_group_that_is_left_when_the_list_is_made_is_told_of_behind_it() {
        client().join("room");
        codec.duringNextClaim(() -> client().leave("room"));

        ann.drop().dialAgain().claim();

        assertThat(ann.hello(1).get("groups")).extracting(JsonNode::asText).containsExactly("room");
        assertThat(ann.receivedUncounted()).containsExactly(REMOVED);
        assertThat(ann.connection().sent().get(1)).contains("hub/left");
    }

    @Test
    void of_two_claims_at_once_the_last_is_told_of_what_was_left_meanwhile() {
        client().join("room");
        isSlow = true;
        ann.drop();
        ResumingPeer twin = ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").claim(ann.session(), ann.last());
        ann.dialAgain().claim();
        codec.duringNextClaim(() -> {
            client().leave("room");
            checks.get(0).complete(null); // the twin is quicker, and fenced before it has read anything
        });

        checks.get(1).complete(null);
        lobby.settle();

        assertThat(twin.read().connection().closes()).containsExactly(CloseReason.REPLACED);
        assertThat(ann.read().hello(1).get("groups"))
                .extracting(JsonNode::asText)
                .containsExactly("room");
        assertThat(ann.receivedUncounted()).containsExactly(REMOVED);
    }

    @Test
    void a_check_of_the_application_that_never_ends_fails_the_claim() {
        isSlow = true;

        ann.drop().dialAgain().claim();
        lobby.advance(Duration.ofSeconds(11));

        assertThat(ann.connection().closes()).containsExactly(CloseReason.SERVER_ERROR);
        assertThat(lobby.hub().find(ann.id())).isPresent();
    }

    @Test
    void a_check_that_never_ends_withholds_no_notice_for_ever() {
        client().join("room");
        isSlow = true;
        ann.drop().dialAgain().claim();
        lobby.advance(Duration.ofSeconds(11));
        isSlow = false;
        ann.dialAgain().claim();

        client().leave("room");
        lobby.settle();

        assertThat(ann.read().receivedUncounted()).containsExactly(REMOVED);
    }
}
