// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.RequestType;
import io.hubwire.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final RequestType<Integer, Integer> QUIZ = RequestType.of("quiz", Integer.class, Integer.class);

    private final PlayedHub hub = PlayedHub.connected();

    private void ask(long number, String data) {
        hub.say("[" + number + ",{\"event\":\"quiz\",\"data\":" + data + ",\"code\":0,\"timestamp\":1,\"ask\":\"s-"
                + number + "\"}]");
    }

    @Test
    void are_answered_with_what_the_handler_returns() {
        hub.client.answer(QUIZ, question -> question + 1);

        ask(1, "41");

        assertThat(hub.takeSent()).containsExactly("{\"event\":\"quiz\",\"ask\":\"s-1\",\"code\":0,\"data\":42}");
    }

    @Test
    void may_be_answered_later_and_in_another_order() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        hub.client.answerAsync(QUIZ, question -> {
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
        });
        ask(1, "1");
        ask(2, "2");

        answers.get(1).complete(20);
        answers.get(0).complete(10);

        assertThat(hub.takeSent())
                .containsExactly(
                        "{\"event\":\"quiz\",\"ask\":\"s-2\",\"code\":0,\"data\":20}",
                        "{\"event\":\"quiz\",\"ask\":\"s-1\",\"code\":0,\"data\":10}");
    }

    @Test
    void of_a_session_that_is_over_are_not_answered_in_the_next() {
        CompletableFuture<Integer> late = new CompletableFuture<>();
        hub.client.answerAsync(QUIZ, question -> late);
        ask(1, "1");
        hub.close(1006);
        hub.begin();

        late.complete(10);

        assertThat(hub.takeSent()).isEmpty();
    }

    @Test
    void are_answered_though_the_handler_fails_badly() {
        hub.client.answer(QUIZ, question -> {
            throw new AssertionError("thrown on purpose");
        });

        ask(1, "1");

        assertThat(hub.takeSent())
                .containsExactly("{\"event\":\"quiz\",\"ask\":\"s-1\",\"code\":1400,\"errorMsg\":\"internal error\"}");
    }

    @Test
    void that_nobody_answers_are_unknown() {
        ask(1, "1");

        assertThat(hub.takeSent())
                .containsExactly("{\"event\":\"quiz\",\"ask\":\"s-1\",\"code\":1300,\"errorMsg\":\"unknown event\"}");
    }

    @Test
    void that_do_not_fit_are_answered_with_1002() {
        hub.client.answer(QUIZ, question -> question);

        ask(1, "{\"a\":1}");

        assertThat(hub.takeSent())
                .containsExactly("{\"event\":\"quiz\",\"ask\":\"s-1\",\"code\":1002,\"errorMsg\":\"invalid payload\"}");
    }

    @Test
    void of_which_the_answer_fails_do_not_show_why_unless_it_is_meant_to_be_seen() {
        hub.client.answer(QUIZ, question -> {
            if (question == 1) {
                throw new IllegalStateException("the secret is 42");
            }
            throw ErrorCode.of(10_007, "too hard").exception();
        });

        ask(1, "1");
        ask(2, "2");

        assertThat(hub.takeSent())
                .containsExactly(
                        "{\"event\":\"quiz\",\"ask\":\"s-1\",\"code\":1400,\"errorMsg\":\"internal error\"}",
                        "{\"event\":\"quiz\",\"ask\":\"s-2\",\"code\":10007,\"errorMsg\":\"too hard\"}");
    }

    @Test
    void are_answered_by_one_handler_until_it_is_cancelled() {
        Subscription first = hub.client.answer(QUIZ, question -> 1);
        assertThatThrownBy(() -> hub.client.answer(QUIZ, question -> 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("quiz");

        first.cancel();
        hub.client.answer(QUIZ, question -> 2);
        ask(1, "1");

        assertThat(hub.takeSent()).singleElement().asString().contains("\"data\":2");
    }

    @Test
    void answered_while_away_reach_the_hub_after_a_resume() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        hub.client.answerAsync(QUIZ, question -> answer);
        ask(1, "1");
        hub.close(1006);
        answer.complete(5);

        hub.resume();

        assertThat(hub.takeSent())
                .containsExactly(
                        "{\"event\":\"hub/ack\",\"data\":{\"seq\":1}}",
                        "{\"event\":\"quiz\",\"ask\":\"s-1\",\"code\":0,\"data\":5}");
    }

    @Test
    void of_a_session_that_ended_are_not_answered() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        hub.client.answerAsync(QUIZ, question -> answer);
        ask(1, "1");
        hub.close(1006);
        answer.complete(5);

        hub.begin();

        assertThat(hub.takeSent()).isEmpty();
    }

    @Test
    void are_told_a_failure_when_the_answer_is_larger_than_the_hub_takes() {
        PlayedHub other = new PlayedHub();
        other.client.answer(RequestType.of("quiz", Integer.class, String.class), "e"::repeat);
        other.accept();
        other.say("{\"event\":\"hub/hello\",\"data\":{\"session\":\"s\",\"resumed\":false,\"seq\":0,"
                + "\"limits\":{\"messageBytes\":100}},\"code\":0,\"timestamp\":1}");
        other.takeSent();

        other.say("[1,{\"event\":\"quiz\",\"data\":100,\"code\":0,\"timestamp\":1,\"ask\":\"s-1\"}]");

        assertThat(other.takeSent()).singleElement().asString().contains("\"ask\":\"s-1\",\"code\":1400");
    }

    @Test
    void of_a_hub_that_reads_no_answers_are_not_answered_without_end() {
        hub.client.answer(QUIZ, question -> question);
        hub.socket().holdSends();
        for (int number = 1; number <= 2_000; number++) {
            ask(number, "1");
        }
        hub.takeSent();

        assertThat(hub.readHeldBack()).isBetween(1_000, 1_200);
    }
}
