// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardEventsTest {
    private static final String FORBIDDEN = "{\"event\":\"join\",\"code\":1103,\"errorMsg\":\"not allowed\"}";

    @Test
    void join_and_quit_answer_with_the_groups_of_the_client() {
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*"))));
        Visitor ann = lobby.enter("ann");

        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}");
        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"room-2\"},\"id\":\"7\"}");
        tell(lobby, ann, "{\"event\":\"quit\",\"data\":{\"id\":\"room-1\"}}");
        tell(lobby, ann, "{\"event\":\"quit\",\"data\":{\"id\":\"room-2\"}}");

        assertThat(ann.received())
                .containsExactly(
                        "{\"event\":\"join\",\"data\":[\"room-1\"],\"code\":0}",
                        "{\"event\":\"join\",\"data\":[\"room-1\",\"room-2\"],\"code\":0,\"id\":\"7\"}",
                        "{\"event\":\"quit\",\"data\":[\"room-2\"],\"code\":0}",
                        "{\"event\":\"quit\",\"data\":[],\"code\":0}");
    }

    @Test
    void a_group_that_the_policy_does_not_allow_is_not_entered() {
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*"))));
        Visitor ann = lobby.enter("ann");

        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"staff\"}}");

        assertThat(ann.received()).containsExactly(FORBIDDEN);
        assertThat(ann.client().groups()).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless application does
    void a_policy_that_answers_null_denies() {
        Lobby lobby = Lobby.with(hub ->
                hub.install(StandardEvents.joinAndQuit((client, group) -> CompletableFuture.completedFuture(null))));
        Visitor ann = lobby.enter("ann");

        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}");

        assertThat(ann.received()).containsExactly(FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":\"no spaces\"}", "{\"id\":7}"})
    void a_bad_name_of_a_group_is_an_invalid_payload(String data) {
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow("*"))));
        Visitor ann = lobby.enter("ann");

        tell(lobby, ann, "{\"event\":\"join\",\"data\":" + data + "}");
        tell(lobby, ann, "{\"event\":\"quit\",\"data\":" + data + "}");

        assertThat(ann.received())
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer).contains("\"data\":{\"path\":\"id\"},\"code\":1002"));
    }

    @Test
    void one_group_too_many_is_refused() {
        Lobby lobby = Lobby.with(hub -> hub.limits(InboundLimits.defaults().groups(1))
                .install(StandardEvents.joinAndQuit(JoinPolicy.allow("*"))));
        Visitor ann = lobby.enter("ann");

        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"a\"}}");
        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"b\"}}");

        assertThat(ann.received().get(1)).contains("\"code\":1202");
    }

    @Test
    void a_policy_that_decides_later_holds_only_its_own_client() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.joinAndQuit((client, group) ->
                client.requireUser().id().equals("ann") ? decision : CompletableFuture.completedFuture(true))));
        Visitor ann = lobby.enter("ann");
        Visitor bob = lobby.enter("bob");

        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"a\"}}");
        tell(lobby, bob, "{\"event\":\"join\",\"data\":{\"id\":\"a\"}}");
        assertThat(ann.received()).isEmpty();
        assertThat(bob.received()).hasSize(1);
        decision.complete(true);
        lobby.settle();

        assertThat(ann.client().isIn("a")).isTrue();
    }

    @Test
    void a_yes_that_comes_after_the_timeout_makes_no_member() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.joinAndQuit((client, group) -> decision)));
        Visitor ann = lobby.enter("ann");
        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"secret\"}}");
        lobby.advance(Duration.ofSeconds(31));

        decision.complete(true);
        lobby.settle();

        assertThat(ann.received())
                .containsExactly("{\"event\":\"join\",\"code\":1401,\"errorMsg\":\"handler timed out\"}");
        assertThat(ann.client().groups()).isEmpty();
    }

    @Test
    void a_policy_that_blocks_beyond_the_timeout_makes_no_member() {
        List<Runnable> slow = new ArrayList<>();
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.joinAndQuit(JoinPolicy.allowIf((client, group) -> {
            slow.forEach(Runnable::run);
            return true;
        }))));
        Visitor ann = lobby.enter("ann");
        slow.add(() -> lobby.advance(Duration.ofSeconds(31)));

        tell(lobby, ann, "{\"event\":\"join\",\"data\":{\"id\":\"secret\"}}");

        assertThat(ann.received()).singleElement().asString().contains("\"code\":1401");
        assertThat(ann.client().groups()).isEmpty();
    }

    @Test
    void a_kick_is_told_before_the_close() {
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.kick()));
        Visitor ann = lobby.enter("ann");

        ann.client().kick(CloseReason.KICKED);
        lobby.settle();

        assertThat(ann.received()).containsExactly("{\"event\":\"kick\",\"code\":0}");
        assertThat(ann.connection().log()).last().isEqualTo("close 4004");
    }

    @Test
    void a_ping_is_answered() {
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.ping()));
        Visitor ann = lobby.enter("ann");

        ann.handler().onText("{\"event\":\"ping\"}", true);

        assertThat(ann.connection().sent()).containsExactly("{\"event\":\"ping\",\"code\":0,\"timestamp\":1715670733}");
    }

    @Test
    void a_ping_is_answered_while_onConnect_waits() {
        Lobby lobby = Lobby.with(hub -> hub.install(StandardEvents.ping()));
        Visitor ann = lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());

        ann.handler().onText("{\"event\":\"ping\"}", true);

        assertThat(ann.received()).containsExactly("{\"event\":\"ping\",\"code\":0}");
    }

    private static void tell(Lobby lobby, Visitor visitor, String message) {
        visitor.handler().onText(message, true);
        lobby.settle();
    }
}
