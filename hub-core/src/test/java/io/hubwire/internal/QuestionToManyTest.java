// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Answers;
import io.hubwire.Client;
import io.hubwire.RequestType;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.protocol.QuestionFailedException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the hub asks an audience. */
class QuestionToManyTest {
    private static final RequestType<String, Boolean> INVITE = RequestType.of("invite", String.class, Boolean.class);
    private static final Duration TIME = Duration.ofSeconds(10);

    private final Lobby lobby = Lobby.with(hub -> hub);
    private final ResumingPeer ann = peer("ann");
    private final ResumingPeer bob = peer("bob");
    private final ResumingPeer cid = peer("cid");

    private ResumingPeer peer(String user) {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), user).hello();
    }

    private Client client(ResumingPeer peer) {
        return lobby.hub().find(peer.id()).orElseThrow();
    }

    private CompletableFuture<Answers<Boolean>> inviteEach() {
        CompletableFuture<Answers<Boolean>> answers =
                lobby.hub().all().askEach(INVITE, "tea", TIME).toCompletableFuture();
        lobby.settle();
        return answers;
    }

    private CompletableFuture<Boolean> inviteFirst() {
        CompletableFuture<Boolean> answer =
                lobby.hub().all().askFirst(INVITE, "tea", TIME).toCompletableFuture();
        lobby.settle();
        return answer;
    }

    private static void say(ResumingPeer peer, String rest) {
        peer.send("{\"event\":\"invite\",\"ask\":\"s-1\"," + rest + "}");
    }

    @Test
    void it_is_over_when_all_have_answered() {
        CompletableFuture<Answers<Boolean>> answers = inviteEach();
        say(ann, "\"code\":0,\"data\":true");
        say(bob, "\"code\":0,\"data\":false");
        assertThat(answers).isNotDone();
        say(cid, "\"code\":0,\"data\":true");

        assertThat(answers).isCompleted();
        assertThat(answers.join().isComplete()).isTrue();
        assertThat(answers.join().answers())
                .hasSize(3)
                .containsEntry(client(ann), true)
                .containsEntry(client(bob), false)
                .containsEntry(client(cid), true);
    }

    @Test
    void when_its_time_is_over_it_says_who_failed_and_who_was_silent() {
        Client classic = lobby.enter("dan").client();
        CompletableFuture<Answers<Boolean>> answers = inviteEach();
        say(ann, "\"code\":0,\"data\":true");
        say(bob, "\"code\":10001,\"errorMsg\":\"busy\"");

        lobby.advance(TIME.minusMillis(200));
        assertThat(answers).isNotDone();
        lobby.advance(Duration.ofMillis(300));

        Answers<Boolean> outcome = answers.join();
        assertThat(outcome.answers()).containsOnlyKeys(client(ann));
        assertThat(outcome.failures()).containsOnlyKeys(client(bob), classic);
        assertThat(outcome.failures().get(client(bob)).code()).isEqualTo(10_001);
        assertThat(outcome.failures().get(classic).reason()).isEqualTo(Reason.CLASSIC_CLIENT);
        assertThat(outcome.silent()).containsExactly(client(cid));
        assertThat(outcome.asked()).isEqualTo(4);
        assertThat(outcome.isComplete()).isFalse();
    }

    @Test
    void a_session_that_ends_is_a_failure_and_holds_nobody_up() {
        Client leaving = client(cid);
        CompletableFuture<Answers<Boolean>> answers = inviteEach();
        say(ann, "\"code\":0,\"data\":true");
        say(bob, "\"code\":0,\"data\":true");

        leaving.kick(CloseReason.KICKED);
        lobby.settle();

        assertThat(answers.join().failures().get(leaving).reason()).isEqualTo(Reason.SESSION_OVER);
    }

    @Test
    void nobody_is_asked_at_once() {
        CompletableFuture<Answers<Boolean>> answers =
                lobby.hub().group("empty").askEach(INVITE, "tea", TIME).toCompletableFuture();
        lobby.settle();

        assertThat(answers.join().asked()).isZero();
        assertThat(answers.join().isComplete()).isTrue();
    }

    @Test
    void each_client_gets_an_id_of_its_own_counting() {
        client(ann).ask(INVITE, "cake", TIME);
        inviteEach();

        assertThat(ann.read().connection().sent().get(2)).contains("\"ask\":\"s-2\"");
        assertThat(bob.read().connection().sent().get(1)).contains("\"ask\":\"s-1\"");
        assertThat(cid.read().connection().sent().get(1)).contains("\"ask\":\"s-1\"");
    }

    @Test
    void the_first_answer_wins_and_errors_do_not() {
        CompletableFuture<Boolean> answer = inviteFirst();
        say(ann, "\"code\":10001");
        assertThat(answer).isNotDone();
        say(bob, "\"code\":0,\"data\":true");
        say(cid, "\"code\":0,\"data\":false");

        assertThat(answer).isCompletedWithValue(true);
    }

    @Test
    void when_all_have_failed_the_first_answer_fails_with_the_last_failure() {
        CompletableFuture<Boolean> answer = inviteFirst();
        say(ann, "\"code\":10001");
        say(bob, "\"code\":10001");
        lobby.advance(TIME.plusSeconds(1));

        assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(QuestionFailedException.class)
                .withMessageContaining("no answer came in time");
    }

    @Test
    void the_first_answer_of_nobody_fails() {
        CompletableFuture<Boolean> answer =
                lobby.hub().group("empty").askFirst(INVITE, "tea", TIME).toCompletableFuture();
        lobby.settle();

        assertThat(answer).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("nobody to ask");
    }
}
