// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.RequestType;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.protocol.QuestionFailedException.Reason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions, their answers, their time and the end of the session on different threads: every question ends once. */
@Timeout(60)
class QuestionRaceTest {
    private static final int ROUNDS = 60;
    private static final int ASKERS = 3;
    private static final int QUESTIONS = 40;
    private static final RequestType<Integer, Integer> DOUBLE = RequestType.of("double", Integer.class, Integer.class);

    private final Hub hub = Hub.builder()
            .connections(ConnectionLimits.defaults()
                    .handshakesPerSecond(ConnectionLimits.UNLIMITED, ConnectionLimits.UNLIMITED))
            .limits(InboundLimits.defaults().openQuestions(ASKERS * QUESTIONS))
            .build();
    private final ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
    private final Map<Reason, Integer> failures = new EnumMap<>(Reason.class);
    private int answered;

    @AfterEach
    void stop() {
        askers.shutdownNow();
        hub.close();
    }

    /** Answers two questions of three, on a thread of its own. */
    private static final class Peer implements Connection {
        private static final Pattern QUESTION =
                Pattern.compile("\"data\":(\\d+),\"code\":0,\"timestamp\":\\d+,\"ask\":\"(s-\\d+)\"");

        private final ExecutorService thread = Executors.newSingleThreadExecutor();
        private final CompletableFuture<ConnectionHandler> handler = new CompletableFuture<>();

        @Override
        public void send(Frame frame, SendCallback done) {
            Matcher question = QUESTION.matcher(frame.text());
            while (question.find()) {
                int number = Integer.parseInt(question.group(1));
                if (number % 3 > 0) {
                    say("{\"event\":\"double\",\"ask\":\"" + question.group(2) + "\",\"code\":0,\"data\":" + 2 * number
                            + "}");
                }
            }
            done.completed(null);
        }

        void say(String text) {
            thread.execute(() -> handler.join().onText(text, true));
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void abort() {}
    }

    @Test
    void every_question_ends_once_with_its_own_answer_or_a_reason() throws Exception {
        hub.start();
        for (int round = 0; round < ROUNDS; round++) {
            play(round);
        }

        System.out.println("questions answered: " + answered + ", failed: " + failures);
        assertThat(answered).isPositive();
        assertThat(failures).containsOnlyKeys(Reason.SESSION_OVER, Reason.TIMEOUT);
        assertThat(answered
                        + failures.values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(ROUNDS * ASKERS * QUESTIONS);
    }

    private void play(int round) throws Exception {
        Peer peer = new Peer();
        peer.handler.complete(Door.open(hub, BareHandshake.anonymous().offering("hubwire.v1"), peer));
        peer.say("{\"event\":\"hub/hello\",\"data\":{}}");
        peer.thread.submit(() -> {}).get();
        while (hub.all().size() == 0) {
            Thread.onSpinWait();
        }
        Client client = hub.all().clients().get(0);
        List<CompletableFuture<List<CompletableFuture<Integer>>>> asking = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            asking.add(CompletableFuture.supplyAsync(() -> askAll(client), askers));
        }
        if (round % 2 == 0) {
            client.close(CloseReason.NORMAL); // somewhere in between
        }
        for (CompletableFuture<List<CompletableFuture<Integer>>> questions : asking) {
            judge(questions.get());
        }
        client.close(CloseReason.NORMAL);
        peer.thread.shutdown();
        assertThat(peer.thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static List<CompletableFuture<Integer>> askAll(Client client) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int number = 0; number < QUESTIONS; number++) {
            answers.add(client.ask(DOUBLE, number, Duration.ofMillis(50)).toCompletableFuture());
        }
        return answers;
    }

    private void judge(List<CompletableFuture<Integer>> answers) throws Exception {
        for (int number = 0; number < answers.size(); number++) {
            try {
                assertThat(answers.get(number).get(10, TimeUnit.SECONDS)).isEqualTo(2 * number);
                answered++;
            } catch (ExecutionException failure) {
                failures.merge(((QuestionFailedException) failure.getCause()).reason(), 1, Integer::sum);
            }
        }
    }
}
