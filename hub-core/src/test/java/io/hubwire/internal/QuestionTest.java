// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Client;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.InboundLimits;
import io.hubwire.RequestType;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.protocol.QuestionFailedException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the hub asks one client. */
class QuestionTest {
    private static final RequestType<String, Integer> GUESS = RequestType.of("guess", String.class, Integer.class);
    private static final RequestType<Void, Void> NUDGE = RequestType.withoutPayload("nudge", Void.class);
    private static final RequestType<Void, String> HOLD = RequestType.withoutPayload("hold", String.class);
    private static final Duration TIME = Duration.ofSeconds(10);

    private final CompletableFuture<String> held = new CompletableFuture<>();
    private final Lobby lobby = Lobby.with(hub -> hub.onRequestAsync(HOLD, (client, nothing) -> held)
            .onRequest("play", String.class, (client, hint) -> client.askAndWait(GUESS, hint, TIME) + 1));
    private final ResumingPeer ann =
            ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
    private final Client client = lobby.hub().find(ann.id()).orElseThrow();

    private CompletableFuture<Integer> guess(String hint) {
        return settled(client.ask(GUESS, hint, TIME));
    }

    private <A> CompletableFuture<A> settled(CompletionStage<A> stage) {
        lobby.settle();
        ann.read();
        return stage.toCompletableFuture();
    }

    private static String answer(String ask, String rest) {
        return "{\"event\":\"guess\",\"ask\":\"" + ask + "\"," + rest + "}";
    }

    private static QuestionFailedException failureOf(CompletableFuture<?> stage) {
        assertThat(stage).isCompletedExceptionally();
        try {
            stage.join();
            throw new AssertionError("it has not failed");
        } catch (CompletionException failure) {
            return (QuestionFailedException) failure.getCause();
        }
    }

    private static Reason reasonOf(CompletableFuture<?> stage) {
        return failureOf(stage).reason();
    }

    @Test
    void a_question_is_a_counted_message_with_an_id_of_its_own() {
        guess("warm");
        guess("cold");

        assertThat(ann.received()).containsExactly("\"warm\"", "\"cold\"");
        assertThat(ann.last()).isEqualTo(2);
        assertThat(ann.connection().sent().get(1)).matches("\\[1,\\{.*,\"timestamp\":\\d+,\"ask\":\"s-1\"}]");
        assertThat(ann.connection().sent().get(2)).contains("\"ask\":\"s-2\"}");
    }

    @Test
    void an_answer_completes_its_own_question() {
        CompletableFuture<Integer> first = guess("warm");
        CompletableFuture<Integer> second = guess("cold");

        ann.send(answer("s-2", "\"code\":0,\"data\":7"));

        assertThat(second).isCompletedWithValue(7);
        assertThat(first).isNotDone();
    }

    @Test
    void an_answer_without_a_code_succeeds() {
        CompletableFuture<Integer> guess = guess("warm");

        ann.send(answer("s-1", "\"data\":7"));

        assertThat(guess).isCompletedWithValue(7);
    }

    @Test
    void a_question_without_payload_and_answer_completes_with_null() {
        CompletableFuture<Void> nudge = settled(client.ask(NUDGE, TIME));

        ann.send("{\"event\":\"nudge\",\"ask\":\"s-1\",\"code\":0}");

        assertThat(nudge).isCompletedWithValue(null);
        assertThat(ann.connection().sent().get(1)).startsWith("[1,{\"event\":\"nudge\",\"code\":0,");
    }

    @Test
    void an_error_of_the_client_fails_it_with_code_text_and_data() {
        CompletableFuture<Integer> guess = guess("warm");

        ann.send(answer("s-1", "\"code\":-7,\"errorMsg\":\"no idea\",\"data\":{\"why\":1}"));

        QuestionFailedException failure = failureOf(guess);
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure.code()).isEqualTo(-7);
        assertThat(failure.errorText()).contains("no idea");
        assertThat(failure.data().text()).isEqualTo("{\"why\":1}");
        assertThat(failure).hasMessageContaining("guess").hasMessageContaining("-7");
    }

    @Test
    void an_answer_that_does_not_fit_its_type_is_a_failure() {
        CompletableFuture<Integer> text = guess("warm");
        CompletableFuture<Integer> nothing = guess("warm");

        ann.send(answer("s-1", "\"code\":0,\"data\":\"seven\""));
        ann.send(answer("s-2", "\"code\":0"));

        assertThat(reasonOf(text)).isEqualTo(Reason.BAD_ANSWER);
        assertThat(reasonOf(nothing)).isEqualTo(Reason.BAD_ANSWER);
    }

    @Test
    void without_an_answer_it_times_out_and_a_late_answer_is_ignored() {
        CompletableFuture<Integer> guess = guess("warm");

        lobby.advance(Duration.ofMillis(9_900));
        assertThat(guess).isNotDone();
        lobby.advance(Duration.ofMillis(200));
        ann.send(answer("s-1", "\"code\":0,\"data\":7"));

        assertThat(reasonOf(guess)).isEqualTo(Reason.TIMEOUT);
        assertThat(ann.connection().closes()).isEmpty();
    }

    @Test
    void a_question_to_a_client_that_is_away_waits_for_it() {
        ann.drop();
        CompletableFuture<Integer> guess = guess("warm");

        ann.dialAgain().claim();
        ann.send(answer("s-1", "\"code\":0,\"data\":7"));

        assertThat(ann.received()).containsExactly("\"warm\"");
        assertThat(guess).isCompletedWithValue(7);
    }

    @Test
    void a_question_that_was_lost_on_the_way_is_asked_again_under_its_id() {
        CompletableFuture<Integer> guess = settled(client.ask(GUESS, "warm", TIME));
        ann.drop();

        ann.dialAgain().claim(ann.session(), 0);

        assertThat(ann.connection().sent().get(1)).startsWith("[1,").contains("\"ask\":\"s-1\"");
        ann.send(answer("s-1", "\"code\":0,\"data\":7"));
        assertThat(guess).isCompletedWithValue(7);
    }

    @Test
    void its_time_goes_on_while_the_client_is_away() {
        CompletableFuture<Integer> guess = guess("warm");
        ann.drop();
        lobby.advance(Duration.ofSeconds(11));

        assertThat(reasonOf(guess)).isEqualTo(Reason.TIMEOUT);
        assertThat(client.isAway()).isTrue();
    }

    @Test
    void the_end_of_the_session_ends_its_questions() {
        CompletableFuture<Integer> guess = guess("warm");
        client.close(CloseReason.NORMAL);
        lobby.settle();

        assertThat(reasonOf(guess)).isEqualTo(Reason.SESSION_OVER);
        assertThat(reasonOf(guess("cold"))).isEqualTo(Reason.SESSION_OVER);
    }

    @Test
    void the_end_of_a_session_that_is_away_ends_its_questions() {
        ann.drop();
        CompletableFuture<Integer> guess = settled(client.ask(GUESS, "warm", Duration.ofHours(1)));

        lobby.advance(Duration.ofSeconds(121));

        assertThat(reasonOf(guess)).isEqualTo(Reason.SESSION_OVER);
    }

    @Test
    void a_classic_client_is_not_asked() {
        Visitor bob = lobby.enter("bob");

        CompletableFuture<Integer> guess = settled(bob.client().ask(GUESS, "warm", TIME));

        assertThat(reasonOf(guess)).isEqualTo(Reason.CLASSIC_CLIENT);
        assertThat(failureOf(guess)).hasMessageContaining(bob.client().id());
        assertThat(bob.received()).isEmpty();
        assertThatThrownBy(() -> bob.client().askAndWait(GUESS, "warm", TIME))
                .isInstanceOf(QuestionFailedException.class);
    }

    @Test
    void what_a_classic_client_sends_with_an_id_of_a_question_is_an_event() {
        Visitor bob = lobby.enter("bob");

        bob.handler().onText(answer("s-1", "\"code\":0"), true);
        lobby.settle();

        assertThat(bob.received()).hasSize(1).first().asString().contains("1300");
    }

    @Test
    void too_many_open_questions_fail_and_an_answer_makes_room() {
        Lobby small = Lobby.with(hub -> hub.limits(InboundLimits.defaults().openQuestions(1)));
        ResumingPeer bob = ResumingPeer.to(small.hub(), small.runtime(), "bob").hello();
        Client shy = small.hub().find(bob.id()).orElseThrow();
        shy.ask(GUESS, "warm", TIME);
        CompletableFuture<Integer> second = shy.ask(GUESS, "cold", TIME).toCompletableFuture();
        small.settle();
        bob.send(answer("s-1", "\"code\":0,\"data\":7"));
        shy.ask(GUESS, "hot", TIME);
        small.settle();

        assertThat(reasonOf(second)).isEqualTo(Reason.NOT_SENT);
        assertThat(bob.read().received()).containsExactly("\"warm\"", "\"hot\"");
    }

    @Test
    void answers_do_not_count_against_the_rate_of_events() {
        IntStream.range(0, 300).forEach(i -> ann.send(answer("s-" + i, "\"code\":0")));

        assertThat(ann.connection().sent()).hasSize(1);
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void an_answer_overtakes_a_handler_of_its_client() {
        ann.send("{\"event\":\"hold\",\"id\":\"c-1\"}");
        CompletableFuture<Integer> guess = guess("warm");

        ann.send(answer("s-1", "\"code\":0,\"data\":7"));

        assertThat(guess).isCompletedWithValue(7);
        assertThat(held).isNotDone();
    }

    @Test
    void a_handler_may_wait_for_an_answer() {
        lobby.runtime()
                .schedule(
                        "the peer answers",
                        Duration.ofSeconds(3),
                        () -> ann.handler().onText(answer("s-1", "\"code\":0,\"data\":7"), true));

        ann.send("{\"event\":\"play\",\"id\":\"c-1\",\"data\":\"warm\"}");

        assertThat(ann.received()).containsExactly("\"warm\"", "8");
        assertThat(lobby.runtime().awaited()).containsExactly("Client.askAndWait()");
    }

    @Test
    void a_handler_that_waits_in_vain_fails_with_why() throws InterruptedException {
        assertThatThrownBy(() -> client.askAndWait(GUESS, "warm", TIME))
                .isInstanceOfSatisfying(
                        QuestionFailedException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT));
    }

    @Test
    void a_timeout_out_of_range_is_refused() {
        assertThatThrownBy(() -> client.ask(GUESS, "warm", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("guess");
        assertThatThrownBy(() -> client.ask(GUESS, "warm", Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void data_that_cannot_be_written_fails_the_call_and_leaves_nothing_open() {
        RequestType<Object, Integer> any = RequestType.of("guess", Object.class, Integer.class);

        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> client.ask(any, Double.NaN, TIME)).isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(guess("warm")).isNotDone();
        assertThat(ann.received()).containsExactly("\"warm\"");
    }

    @Test
    void a_question_of_hours_ends_at_its_time_and_leaves_no_timer_behind_when_it_was_answered() {
        Lobby patient = Lobby.with(hub -> hub.heartbeat(HeartbeatPolicy.clientDriven(Duration.ofDays(1))));
        ResumingPeer peer =
                ResumingPeer.to(patient.hub(), patient.runtime(), "ann").hello();
        Client asked = patient.hub().find(peer.id()).orElseThrow();
        var late = asked.ask(GUESS, "late", Duration.ofMinutes(150)).toCompletableFuture();

        patient.advance(Duration.ofMinutes(149));
        assertThat(late).isNotDone();
        patient.advance(Duration.ofMinutes(2));
        assertThat(reasonOf(late)).isEqualTo(Reason.TIMEOUT);

        var unused = asked.ask(GUESS, "quick", Duration.ofHours(10));
        assertThat(patient.runtime().pendingTimers()).contains("question deadline");
        peer.send(answer("s-2", "\"code\":0,\"data\":1"));
        patient.advance(Duration.ofSeconds(61));
        assertThat(patient.runtime().pendingTimers()).doesNotContain("question deadline");
    }
}
