// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.RequestType;
import io.hubwire.protocol.QuestionFailedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers wait for what a client answers, on threads of the hub's own. */
class QuestionsOnThreadsTest {
    private static final RequestType<Integer, String> GUESS = RequestType.of("guess", Integer.class, String.class);
    private static final RequestType<Integer, Integer> RIDDLE = RequestType.of("riddle", Integer.class, Integer.class);

    private static HubBuilder application(HubBuilder hub) {
        return hub.onRequest(GUESS, QuestionsOnThreadsTest::ask);
    }

    private static String ask(Client client, int n) throws InterruptedException {
        try {
            return "it is " + client.askAndWait(RIDDLE, n, Duration.ofSeconds(5));
        } catch (QuestionFailedException e) {
            return "no answer: " + e.reason();
        }
    }

    private static TestHub start(Mode mode) {
        return TestHub.builder().mode(mode).start(QuestionsOnThreadsTest::application);
    }

    @ParameterizedTest
    @EnumSource(names = {"BATON", "REAL"})
    void a_handler_waits_for_the_answer(Mode mode) {
        try (TestHub hub = start(mode)) {
            TestClient ann = hub.client().user("ann").resuming().connect();
            ann.answers(RIDDLE, n -> n + 1);

            assertThat(ann.request(GUESS, 41).data()).isEqualTo("it is 42");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATON", "REAL"})
    void a_handler_waits_for_a_test_to_answer(Mode mode) {
        try (TestHub hub = start(mode)) {
            TestClient ann = hub.client().user("ann").resuming().connect();

            Reply<String> reply = ann.request(GUESS, 41);
            ann.expectQuestion(RIDDLE).hasData(41).answer(7);

            assertThat(reply.data()).isEqualTo("it is 7");
        }
    }

    @Test
    void a_handler_waits_for_a_client_that_is_away() {
        try (TestHub hub = start(Mode.BATON)) {
            TestClient ann = hub.client().user("ann").resuming().connect();
            Reply<String> reply = ann.request(GUESS, 41);
            ann.drop();
            hub.advance(Duration.ofSeconds(4));
            ann.reconnect();
            ann.expectResumed();

            ann.expectQuestion(RIDDLE).answer(8);

            assertThat(reply.message().orElseThrow().data(String.class)).isEqualTo("it is 8");
        }
    }

    @Test
    void time_runs_out_for_a_handler_that_waits() {
        try (TestHub hub = start(Mode.BATON)) {
            TestClient ann = hub.client().user("ann").resuming().connect();
            Reply<String> reply = ann.request(GUESS, 41);

            hub.advance(Duration.ofSeconds(6));

            assertThat(reply.data()).isEqualTo("no answer: TIMEOUT");
        }
    }
}
