// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.RequestType;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.protocol.QuestionFailedException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@link Probe} has asked its clients, and what became of it. One for each run. */
final class AskedQuestions {
    private static final int ONE_IN_REFUSED = 3;

    /** More than it takes a hub that is at rest to notice. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private record Asked(int n, Instant due, CompletableFuture<?> end) {}

    private final Consumer<Runnable> told;
    private final List<Asked> asked = new ArrayList<>();

    /** When the application was told that a session is over, which may be some time after the end. */
    private final Map<Client, Instant> over = new HashMap<>();

    private final Set<Reason> failures = EnumSet.noneOf(Reason.class);
    private boolean isAnswered;

    /** {@code told} keeps what is asserted in a callback. */
    AskedQuestions(Consumer<Runnable> told) {
        this.told = told;
    }

    /** What a client answers to what it is asked. */
    static int answerTo(int n) {
        if (n % ONE_IN_REFUSED == 0) {
            throw Probe.NO.exception(n);
        }
        return -n;
    }

    CompletableFuture<?> ask(Client client, RequestType<Integer, Integer> type, Probe.Wait wait) {
        Duration timeout = Duration.ofMillis(1L + wait.millis());
        Instant due = client.hub().timers().now().plus(timeout);
        CompletableFuture<?> end = client.ask(type, wait.n(), timeout)
                .handle((answer, failure) -> {
                    told.accept(() -> judge(client, wait.n(), due, answer, failure));
                    return true;
                })
                .toCompletableFuture();
        asked.add(new Asked(wait.n(), due, end));
        return end;
    }

    /** Whether a question was answered. */
    boolean hasAnswer() {
        return isAnswered;
    }

    /** Whether a question was not answered, for this reason. */
    boolean hasFailed(Reason reason) {
        return failures.contains(reason);
    }

    /** The application is told of the end of a session. */
    void isOver(Client client) {
        over.put(client, client.hub().timers().now());
    }

    private void judge(Client client, int n, Instant due, @Nullable Integer answer, @Nullable Throwable failure) {
        if (failure == null) {
            isAnswered = true;
            assertThat(answer).as("the answer to " + n).isEqualTo(answerTo(n));
        } else {
            judge(client, n, due, refusalOf(failure));
        }
    }

    private static QuestionFailedException refusalOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof QuestionFailedException refusal) {
            return refusal;
        }
        throw new AssertionError("a question failed for another reason", failure);
    }

    private void judge(Client client, int n, Instant due, QuestionFailedException failure) {
        Reason reason = failure.reason();
        failures.add(reason);
        String what = "the question " + n + " has no answer: " + reason;
        assertThat(reason).as(what).isNotEqualTo(Reason.BAD_ANSWER);
        if (reason == Reason.TIMEOUT) {
            assertThat(client.hub().timers().now()).as(what).isAfterOrEqualTo(due);
            assertThat(over.getOrDefault(client, due))
                    .as(what + ", and its session was over")
                    .isAfterOrEqualTo(due);
        } else if (reason == Reason.SESSION_OVER) {
            assertThat(client.isConnected()).as(what).isFalse();
        } else if (reason == Reason.REFUSED) {
            assertThat(n % ONE_IN_REFUSED).as(what).isZero();
            assertThat(failure.data().text()).as(what).isEqualTo("" + n);
        }
    }

    /** When all is quiet. */
    void checkDue(Instant now) {
        checkOver(asked.stream().filter(one -> one.due().plus(MOMENT).isBefore(now)));
    }

    /** When everything is over. */
    void checkOver() {
        checkOver(asked.stream());
    }

    private static void checkOver(Stream<Asked> questions) {
        questions.forEach(one ->
                assertThat(one.end()).as("the end of question " + one.n()).isDone());
    }
}
