// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.RequestType;
import io.hubwire.client.RequestFailedException.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final RequestType<Integer, Integer> DOUBLE = RequestType.of("double", Integer.class, Integer.class);

    private final PlayedHub hub = PlayedHub.connected();

    @Test
    void completes_with_the_answer_of_its_id() {
        CompletionStage<Integer> first = hub.client.request(DOUBLE, 1);
        CompletionStage<Integer> second = hub.client.request(DOUBLE, 2);
        assertThat(hub.takeSent())
                .containsExactly(
                        "{\"event\":\"double\",\"data\":1,\"id\":\"c-1\"}",
                        "{\"event\":\"double\",\"data\":2,\"id\":\"c-2\"}");

        hub.answer(1, "double", "c-2", "4");

        assertThat(PlayedHub.valueOf(second)).isEqualTo(4);
        assertThat(PlayedHub.isOpen(first)).isTrue();
    }

    @Test
    void fails_with_the_error_of_the_hub() {
        CompletionStage<Integer> request = hub.client.request(DOUBLE, 1);

        hub.refuse(1, "double", "c-1", 10_001);

        RequestFailedException failure = hub.failureOf(request);
        assertThat(failure.reason()).isEqualTo(Cause.REFUSED);
        assertThat(failure.code()).isEqualTo(10_001);
        assertThat(failure.answer().orElseThrow().errorText()).isEqualTo("no");
    }

    @Test
    void fails_when_the_hub_could_not_even_read_it() {
        CompletionStage<Integer> request = hub.client.request(DOUBLE, 1);

        hub.say("{\"event\":\"hub/error\",\"code\":1001,\"errorMsg\":\"no\",\"timestamp\":1,\"id\":\"c-1\"}");

        assertThat(hub.failureOf(request).code()).isEqualTo(1001);
    }

    @Test
    void may_have_a_time_that_is_longer_than_can_be_counted() {
        CompletionStage<Integer> request = hub.client.request(DOUBLE, 1, Duration.ofSeconds(Long.MAX_VALUE));

        hub.advance(Duration.ofDays(365));

        assertThat(PlayedHub.isOpen(request)).isTrue();
    }

    @Test
    void fails_when_its_time_is_over_and_a_late_answer_is_ignored() {
        CompletionStage<Integer> request = hub.client.request(DOUBLE, 1, Duration.ofSeconds(5));

        hub.advance(Duration.ofSeconds(5));
        hub.answer(1, "double", "c-1", "2");

        assertThat(hub.failureOf(request).reason()).isEqualTo(Cause.TIMEOUT);
    }

    @Test
    void fails_when_the_answer_does_not_fit() {
        CompletionStage<Integer> request = hub.client.request(DOUBLE, 1);

        hub.answer(1, "double", "c-1", "{\"a\":1}");

        assertThat(hub.failureOf(request).reason()).isEqualTo(Cause.BAD_ANSWER);
    }

    @Test
    void is_sent_again_after_a_resume_in_the_first_order_ahead_of_what_waited() {
        hub.client.request(DOUBLE, 1);
        hub.client.request(DOUBLE, 2);
        hub.close(1006);
        hub.client.send("say", 3);

        hub.resume();

        assertThat(hub.takeSent())
                .containsExactly(
                        "{\"event\":\"hub/ack\",\"data\":{\"seq\":0}}",
                        "{\"event\":\"double\",\"data\":1,\"id\":\"c-1\"}",
                        "{\"event\":\"double\",\"data\":2,\"id\":\"c-2\"}",
                        "{\"event\":\"say\",\"data\":3}");
    }

    @Test
    void is_sent_again_once_even_if_a_connection_broke_before_it_left() {
        hub.client.request(DOUBLE, 1);
        hub.close(1006);
        hub.accept().holdSends();
        hub.say(
                "{\"event\":\"hub/hello\",\"data\":{\"session\":\"s\",\"resumed\":true,\"seq\":0},\"code\":0,\"timestamp\":1}");
        hub.close(1006);

        hub.resume();

        assertThat(hub.takeSent()).filteredOn(text -> text.contains("double")).hasSize(1);
    }

    @Test
    void and_others_are_sent_again_in_their_order() {
        for (int i = 1; i <= 20; i++) {
            hub.client.request(DOUBLE, i);
        }
        List<String> first = hub.takeSent();
        hub.close(1006);

        hub.resume();

        assertThat(hub.takeSent()).filteredOn(text -> text.contains("double")).isEqualTo(first);
    }

    @Test
    void is_not_sent_again_when_the_hub_may_have_forgotten_its_id() {
        CompletionStage<Integer> old = hub.client.request(DOUBLE, 1, Duration.ofMinutes(10));
        for (int i = 0; i < 5; i++) {
            hub.advance(Duration.ofSeconds(24));
            hub.say("{\"event\":\"hub/ping\",\"code\":0,\"timestamp\":1}");
        }
        CompletionStage<Integer> young = hub.client.request(DOUBLE, 2, Duration.ofMinutes(10));
        hub.close(1006);

        hub.resume();

        assertThat(hub.failureOf(old).reason()).isEqualTo(Cause.OUTCOME_UNKNOWN);
        assertThat(PlayedHub.isOpen(young)).isTrue();
        assertThat(hub.takeSent()).filteredOn(text -> text.contains("double")).hasSize(1);
    }

    @Test
    void is_not_sent_again_after_256_younger_ids() {
        CompletionStage<Integer> old = hub.client.request(DOUBLE, 0);
        for (int i = 1; i <= 256; i++) {
            hub.client.request(DOUBLE, i);
        }
        hub.close(1006);

        hub.resume();

        assertThat(hub.failureOf(old).reason()).isEqualTo(Cause.OUTCOME_UNKNOWN);
        assertThat(hub.takeSent()).filteredOn(text -> text.contains("double")).hasSize(256);
    }

    @Test
    void of_a_session_that_ended_has_an_unknown_outcome_but_one_that_never_left_is_sent() {
        CompletionStage<Integer> left = hub.client.request(DOUBLE, 1);
        hub.close(1006);
        CompletionStage<Integer> waiting = hub.client.request(DOUBLE, 2);

        hub.begin();

        assertThat(hub.failureOf(left).reason()).isEqualTo(Cause.OUTCOME_UNKNOWN);
        assertThat(hub.takeSent()).containsExactly("{\"event\":\"double\",\"data\":2,\"id\":\"c-2\"}");
        hub.answer(1, "double", "c-2", "4");
        assertThat(PlayedHub.valueOf(waiting)).isEqualTo(4);
    }

    @Test
    void that_ran_out_of_time_while_it_waited_is_never_sent() {
        hub.close(1006);
        hub.sockets.down(true);
        hub.client.request(DOUBLE, 1, Duration.ofSeconds(1));
        hub.advance(Duration.ofSeconds(2));
        hub.sockets.down(false);

        hub.resume();

        assertThat(hub.takeSent()).containsExactly("{\"event\":\"hub/ack\",\"data\":{\"seq\":0}}");
    }

    @Test
    void of_a_client_that_is_closed_was_not_sent() {
        CompletionStage<Integer> open = hub.client.request(DOUBLE, 1);

        hub.client.close();
        CompletionStage<Integer> late = hub.client.request(DOUBLE, 2);

        assertThat(hub.failureOf(open).reason()).isEqualTo(Cause.OUTCOME_UNKNOWN);
        assertThat(hub.failureOf(late).reason()).isEqualTo(Cause.NOT_SENT);
    }

    @Test
    void that_cannot_be_written_is_refused_at_once() {
        assertThatThrownBy(() -> hub.client.request("x", new Object[] {new Loop()}, Integer.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'");
        assertThatThrownBy(() -> hub.client.request(DOUBLE, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0S");
    }

    /** Jackson cannot write it. */
    static final class Loop {
        public Loop getSelf() {
            return this;
        }
    }

    @Test
    void and_answers_and_events_are_called_back_in_the_order_of_the_hub() {
        List<String> order = new ArrayList<>();
        hub.client.on("note", Integer.class, note -> order.add("note " + note));
        hub.client.request(DOUBLE, 1).thenAccept(answer -> order.add("answer " + answer));

        hub.say("[1,{\"event\":\"note\",\"data\":1,\"code\":0,\"timestamp\":1},"
                + "{\"event\":\"double\",\"data\":2,\"code\":0,\"timestamp\":1,\"id\":\"c-1\"},"
                + "{\"event\":\"note\",\"data\":3,\"code\":0,\"timestamp\":1}]");

        assertThat(order).containsExactly("note 1", "answer 2", "note 3");
    }
}
