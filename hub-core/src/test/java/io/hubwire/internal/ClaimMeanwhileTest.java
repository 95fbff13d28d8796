// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Hub.ShutdownReport;
import io.hubwire.LoginPolicy;
import io.hubwire.internal.testing.HelloCodec;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a session that is ended while a connection takes it over. */
class ClaimMeanwhileTest {
    private final HelloCodec codec = new HelloCodec();
    private final Deque<Runnable> afterMove = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final Lobby lobby = Lobby.with(hub -> hub.codec(codec)
            .observer(new HubObserver() {
                @Override
                public void clientResumed(String client) {
                    Optional.ofNullable(afterMove.poll()).ifPresent(Runnable::run);
                }
            })
            .login(LoginPolicy.FIRST_ONLY)
            .onDisconnect((client, reason) -> told.add("disconnected " + reason.code()))
            .onDetach((client, reason) -> told.add("detached " + reason.code()))
            .onResume(client -> told.add("resumed")));
    private final ResumingPeer ann =
            ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
    private final String first = ann.id();

    private void claimWhile(boolean isAway, Runnable interlude) {
        if (isAway) {
            ann.drop();
            told.clear();
        }
        codec.duringNextClaim(interlude);
        ann.dialAgain().claim();
        lobby.settle();
        ann.read();
    }

    private String reason() {
        assertThat(ann.hello(1).get("resumed").asBoolean()).isFalse();
        return ann.hello(1).get("reason").asText();
    }

    /** There is one place for each user. */
    private void assertThatOnlyThisSessionIsLeft() {
        assertThat(lobby.hub().find(first)).isEmpty();
        assertThat(lobby.hub().online().list()).hasSize(1);
        assertThat(lobby.hub().find(ann.id())).isPresent();
        ResumingPeer other =
                ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
        assertThat(other.connection().closes()).containsExactly(CloseReason.CONNECTION_LIMIT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_session_that_is_kicked_is_not_taken_over(boolean isAway) {
        claimWhile(isAway, () -> lobby.hub().find(first).orElseThrow().kick(CloseReason.KICKED));

        assertThat(reason()).isEqualTo("unknown");
        assertThat(told).containsExactly("disconnected 4004");
        assertThatOnlyThisSessionIsLeft();
    }

    @Test
    void a_session_whose_time_is_over_has_expired() {
        claimWhile(true, () -> lobby.advance(Duration.ofSeconds(121)));

        assertThat(reason()).isEqualTo("expired");
        assertThat(told).containsExactly("disconnected 1006");
        assertThatOnlyThisSessionIsLeft();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void who_is_revoked_does_not_come_in(boolean isAway) {
        claimWhile(isAway, () -> lobby.hub().revokeUser("ann"));

        assertThat(ann.connection().closes()).containsExactly(CloseReason.CREDENTIALS_REVOKED);
        assertThat(lobby.hub().online().list()).isEmpty();
    }

    @Test
    void the_loser_of_two_claims_has_an_unknown_session() {
        ann.drop();
        ResumingPeer twin = ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann");
        codec.duringNextClaim(() -> twin.claim(ann.session(), 0).send("{\"event\":\"hub/ping\"}"));

        ann.dialAgain().claim();

        assertThat(twin.hello(0).get("resumed").asBoolean()).isTrue();
        assertThat(twin.connection().closes()).isEmpty();
        assertThat(ann.connection().closes()).containsExactly(CloseReason.CONNECTION_LIMIT);
        assertThat(told).containsExactly("detached 1006", "resumed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_session_of_a_hub_that_shuts_down_is_drained(boolean isAway) {
        List<CompletionStage<ShutdownReport>> end = new ArrayList<>();

        claimWhile(isAway, () -> end.add(lobby.hub().shutdown(Duration.ofSeconds(10))));

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.connection().closes()).containsExactly(CloseReason.DRAIN);
        assertThat(told).containsExactly("disconnected 4202");
        ann.handler().onClosed(CloseReason.DRAIN);
        lobby.advance(Duration.ofSeconds(3));
        ShutdownReport report = end.get(0).toCompletableFuture().join();
        assertThat(report.aborted()).isZero();
    }

    @Test
    void who_is_kicked_before_the_answer_is_written_is_answered_and_kicked() {
        ann.drop();
        afterMove.add(() -> lobby.hub().find(first).orElseThrow().kick(CloseReason.KICKED));

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.connection().closes()).containsExactly(CloseReason.KICKED);
        assertThat(told).containsExactly("detached 1006", "disconnected 4004");
    }

    @Test
    void who_is_revoked_before_the_answer_is_written_is_closed() {
        ann.drop();
        afterMove.add(() -> lobby.hub().revokeUser("ann"));

        ann.dialAgain().claim();

        assertThat(ann.connection().sent()).isEmpty();
        assertThat(ann.connection().closes()).containsExactly(CloseReason.CREDENTIALS_REVOKED);
    }

    @Test
    void a_connection_that_is_lost_before_the_answer_is_written_leaves_a_session_that_can_be_claimed() {
        ann.drop().dialAgain();
        afterMove.add(() -> ann.handler().onClosed(CloseReason.CONNECTION_LOST));

        ann.claim();
        assertThat(ann.hellos()).isOne();
        assertThat(lobby.hub().find(first).orElseThrow().isAway()).isTrue();
        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(told).containsExactly("detached 1006", "resumed", "detached 1006", "resumed");
    }

    @Test
    void of_two_claims_the_later_has_the_session_even_before_the_first_is_answered() {
        ann.drop();
        ResumingPeer twin = ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann");
        String session = ann.session();
        afterMove.add(() -> twin.claim(session, 0));

        ann.dialAgain().claim();
        lobby.hub().client(first).send("news", 1);
        lobby.settle();

        assertThat(ann.connection().sent()).isEmpty();
        assertThat(ann.connection().closes()).containsExactly(CloseReason.REPLACED);
        assertThat(twin.read().received()).containsExactly("1");
        assertThat(told).containsExactly("detached 1006", "resumed", "resumed");
    }

    @Test
    void a_hub_does_not_wait_for_clients_that_are_away_when_it_shuts_down() {
        ann.drop();

        CompletionStage<ShutdownReport> end = lobby.hub().shutdown(Duration.ofSeconds(10));
        lobby.settle();

        assertThat(end.toCompletableFuture()).isCompletedWithValueMatching(report -> report.aborted() == 0);
        assertThat(told).containsExactly("detached 1006", "disconnected 4202");
        assertThat(lobby.runtime().pendingTimers()).isEmpty();
    }
}
