// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.RequestType;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.protocol.QuestionFailedException.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of the hubwire.v1 profile are asked, and answer when the test likes. */
class QuestionsTest {
    record Invite(String room) {}

    private static final RequestType<Invite, Boolean> INVITE = RequestType.of("invite", Invite.class, Boolean.class);
    private static final RequestType<Void, String> NAME = RequestType.withoutPayload("name", String.class);
    private static final ErrorCode BUSY = ErrorCode.of(10_001, "busy");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final TestHub hub = TestHub.of(builder -> builder.on("told", client -> {}));
    private final TestClient ann = hub.client().user("ann").resuming().connect();

    @AfterEach
    void end() {
        hub.close();
    }

    private CompletableFuture<Boolean> invite() {
        CompletableFuture<Boolean> answer =
                ann.session().ask(INVITE, new Invite("room-1"), TIMEOUT).toCompletableFuture();
        hub.settle();
        return answer;
    }

    private static QuestionFailedException failure(CompletableFuture<?> answer) {
        return (QuestionFailedException)
                answer.handle((value, failure) -> unwrapped(failure)).join();
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    @Test
    void a_client_answers_by_itself() {
        ann.answers(INVITE, invite -> invite.room().equals("room-1"));
        ann.answers(NAME, () -> "Ann");

        assertThat(invite()).isCompletedWithValue(true);

        var name = ann.session().ask(NAME, TIMEOUT);
        hub.settle();
        assertThat(name).isCompletedWithValue("Ann");
        ann.expectNoPush();
    }

    @Test
    void a_test_answers_when_it_likes() {
        CompletableFuture<Boolean> answer = invite();
        assertThat(answer).isNotDone();

        hub.advance(Duration.ofSeconds(9));
        Question<Invite, Boolean> question = ann.expectQuestion(INVITE);
        question.hasData(new Invite("room-1")).hasData("""
                {"room": "room-1"}""");
        question.answer(false);

        assertThat(question.data()).isEqualTo(new Invite("room-1"));
        assertThat(answer).isCompletedWithValue(false);
        assertThat(ann.transcript()).contains("<- invite {\"room\":\"room-1\"}  ask=", "-> invite false  ask=");
    }

    @Test
    void a_client_that_never_answers_lets_time_run_out() {
        CompletableFuture<Boolean> answer = invite();

        hub.advance(Duration.ofSeconds(11));

        assertThat(failure(answer).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void an_answer_that_comes_too_late_is_ignored() {
        CompletableFuture<Boolean> answer = invite();
        Question<Invite, Boolean> question = ann.expectQuestion(INVITE);
        hub.advance(Duration.ofSeconds(11));

        question.answer(true);

        assertThat(failure(answer).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
    }

    @Test
    void a_client_answers_with_an_error() {
        CompletableFuture<Boolean> first = invite();
        ann.expectQuestion("invite").refuse(BUSY);
        CompletableFuture<Boolean> second = invite();
        ann.expectQuestion("invite").refuse(BUSY, "until noon");
        ann.answers(INVITE, invite -> {
            throw BUSY.exception(invite.room());
        });
        CompletableFuture<Boolean> third = invite();

        assertThat(failure(first))
                .returns(Reason.REFUSED, QuestionFailedException::reason)
                .returns(10_001, QuestionFailedException::code)
                .returns(Optional.of("busy"), QuestionFailedException::errorText);
        assertThat(failure(second).data().text()).isEqualTo("\"until noon\"");
        assertThat(failure(third).data().text()).isEqualTo("\"room-1\"");
    }

    @Test
    void a_question_is_asked_once_although_its_connection_is_cut() {
        ann.stopReading();
        CompletableFuture<Boolean> answer = invite();
        ann.drop();
        ann.answers(INVITE, invite -> true);

        ann.reconnect();

        ann.expectResumed();
        assertThat(answer).isCompletedWithValue(true);
        assertThat(ann.received("invite")).hasSize(1);
    }

    @Test
    void an_answer_that_is_lost_in_a_cut_is_no_second_question() {
        CompletableFuture<Boolean> answer = invite();
        ann.vanish();
        ann.expectQuestion(INVITE).answer(true);

        ann.reconnect();
        hub.advance(Duration.ofSeconds(11));

        ann.expectResumed();
        assertThat(failure(answer).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(ann.received("invite")).hasSize(1);
    }

    @Test
    void a_classic_client_is_not_asked() {
        TestClient bob = hub.connect("bob");

        var answer = bob.session().ask(INVITE, new Invite("room-1"), TIMEOUT).toCompletableFuture();
        hub.settle();

        assertThat(failure(answer).reason()).isEqualTo(Reason.CLASSIC_CLIENT);
        assertThat(bob.messages()).isEmpty();
    }

    @Test
    void a_question_that_has_not_come_fails_the_test() {
        assertThatThrownBy(() -> ann.expectQuestion(INVITE))
                .hasMessageStartingWith("expected the next question to ann to be 'invite'\n but no question is unread");
    }

    @Test
    void another_question_fails_the_test() {
        var unused = invite();

        assertThatThrownBy(() -> ann.expectQuestion(NAME))
                .hasMessageStartingWith("expected the next question to ann to be 'name'\n but it is 'invite'")
                .hasMessageContaining("<== next unread question");
    }

    @Test
    void a_question_nobody_looked_at_is_left_over_if_the_test_is_strict() {
        var unused = invite();

        assertThat(hub.leftovers(Leftovers.ERRORS)).isEmpty();
        assertThat(hub.leftovers(Leftovers.ALL))
                .singleElement()
                .asString()
                .startsWith("ann was asked, and nobody looked: invite");
    }

    @Test
    void a_question_that_a_client_answers_by_itself_is_no_leftover() {
        ann.answers(INVITE, invite -> true);
        var unused = invite();

        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
    }
}
