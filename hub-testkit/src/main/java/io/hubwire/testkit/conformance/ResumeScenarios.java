// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.OutboxPolicy;
import io.hubwire.RequestType;
import io.hubwire.ResumePolicy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.conformance.Chat.Said;
import io.hubwire.testkit.conformance.Chat.Say;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients of the hubwire.v1 profile: sessions that outlive their connections, and questions. */
interface ResumeScenarios extends Stage {
    /** Asks the hub to ask the client itself. */
    RequestType<Void, String> ASK_ME = RequestType.withoutPayload("chat/ask-me", String.class);

    RequestType<Integer, String> RIDDLE = RequestType.of("chat/riddle", Integer.class, String.class);
    Duration ANSWER_TIME = Duration.ofSeconds(10);

    private static TestClient resuming(TestHub hub, String user) {
        return hub.client().user(user).resuming().connect();
    }

    private static void number(TestHub hub, int from, int to) {
        for (int n = from; n <= to; n++) {
            hub.hub().all().send(Chat.NUMBER, n);
        }
    }

    @Test
    default void what_was_missed_comes_once_and_in_order() {
        try (TestHub hub = chat()) {
            TestClient ann = resuming(hub, "ann");
            number(hub, 1, 3);
            catchUp(ann);
            ann.drop();
            assertThat(ann).isAway();
            number(hub, 4, 40);

            ann.reconnect();

            ann.expectResumed();
            catchUp(ann);
            assertThat(ann.received(Chat.NUMBER)).hasSize(40).isSorted().doesNotHaveDuplicates();
            assertThat(ann.session().isAway()).isFalse();
        }
    }

    @Test
    default void what_was_on_its_way_comes_again() {
        try (TestHub hub = chat()) {
            TestClient ann = resuming(hub, "ann");
            ann.stopReading();
            number(hub, 1, 20);

            ann.reconnect();

            ann.expectResumed();
            catchUp(ann);
            assertThat(ann.received(Chat.NUMBER)).hasSize(20).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    default void who_was_away_for_too_much_is_told_of_a_gap() {
        try (TestHub hub = chat(builder -> builder.outbox(OutboxPolicy.atMost(2, 1 << 20))
                .resume(ResumePolicy.defaults().atMost(2, 1 << 20)))) {
            TestClient ann = resuming(hub, "ann");
            ann.drop();
            assertThat(ann).isAway();
            number(hub, 1, 20);

            ann.reconnect();

            ann.expectNotResumed("gap");
            number(hub, 21, 21);
            ann.expectPush(Chat.NUMBER).hasData(21);
            assertThat(ann).hasLastNumber(1);
        }
    }

    @Test
    default void a_claim_ends_the_older_connection() {
        try (TestHub hub = chat()) {
            TestClient ann = resuming(hub, "ann");

            TestClient again = hub.client()
                    .user("ann")
                    .claiming(ann.claimable().orElseThrow(), ann.lastNumber())
                    .connect();

            again.expectResumed();
            ann.expectClosed(CloseReason.REPLACED.code());
            assertThat(again.id()).isEqualTo(ann.id());
            number(hub, 1, 1);
            again.expectPush(Chat.NUMBER).hasData(1);
        }
    }

    @Test
    default void nobody_claims_the_session_of_another_user() {
        try (TestHub hub = chat()) {
            TestClient ann = resuming(hub, "ann");

            TestClient bob = hub.client()
                    .user("bob")
                    .claiming(ann.claimable().orElseThrow(), 0)
                    .connect();

            bob.expectNotResumed("identity");
            catchUp(ann);
        }
    }

    @Test
    default void a_repeated_id_is_handled_once_and_answered_again() {
        AtomicInteger handled = new AtomicInteger();
        try (TestHub hub = chat(builder ->
                builder.onRequest("chat/count", Void.class, (client, nothing) -> handled.incrementAndGet()))) {
            TestClient ann = resuming(hub, "ann");

            ann.sendRaw("{\"event\":\"chat/count\",\"id\":\"c-1\"}");
            catchUp(ann);
            ann.drop();
            ann.reconnect();
            ann.sendRaw("{\"event\":\"chat/count\",\"id\":\"c-1\"}");
            catchUp(ann);

            ann.expectResumed();
            assertThat(handled).hasValue(1);
            assertThat(ann.received("chat/count"))
                    .extracting(answer -> answer.data(Integer.class))
                    .containsExactly(1, 1);
        }
    }

    @Test
    default void a_client_is_asked_and_answers() {
        try (TestHub hub = chat(
                builder -> builder.onRequestAsync(ASK_ME, (client, nothing) -> client.ask(RIDDLE, 42, ANSWER_TIME)))) {
            TestClient ann = resuming(hub, "ann");
            ann.answers(RIDDLE, n -> "the answer to " + n);

            ann.expectReply(ann.request(ASK_ME)).isOk().hasExactData("\"the answer to 42\"");
            catchUp(ann);
        }
    }

    @Test
    default void a_question_waits_for_a_client_that_is_away() {
        try (TestHub hub = chat()) {
            TestClient ann = resuming(hub, "ann");
            ann.drop();
            assertThat(ann).isAway();
            var answer = ann.session().ask(RIDDLE, 7, ANSWER_TIME).toCompletableFuture();

            ann.reconnect();
            ann.expectQuestion(RIDDLE).hasData(7).refuse(ErrorCode.of(10_002, "no idea"));

            hub.settleUntil(answer::isDone);
            assertThat(answer).isCompletedExceptionally();
            catchUp(ann);
        }
    }

    @Test
    default void clients_of_both_profiles_hear_the_same() {
        try (TestHub hub = chat()) {
            TestClient ann = resuming(hub, "ann");
            TestClient bob = hub.connect("bob");

            bob.send(Chat.SAY, Say.softly("hi"));

            ann.expectPush(Chat.SAID).hasExactData(new Said("bob", "hi"));
            bob.expectPush(Chat.SAID).hasExactData(new Said("bob", "hi"));
        }
    }
}
