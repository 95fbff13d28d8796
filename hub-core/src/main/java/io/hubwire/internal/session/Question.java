// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.RequestType;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.runtime.AwaitedFuture;
import io.hubwire.protocol.QuestionFailedException.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A question that one client is asked, or many: encoded once for all of them who have been asked as many before. Used by the one thread
 * that asks.
 *
 * @param <A> the answer's type
 */
public final class Question<A> {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final SessionContext context;
    private final RequestType<?, A> type;
    private final @Nullable Object data;
    private final Duration timeout;
    private final Map<String, Outgoing> messages = new HashMap<>(2);

    /**
     * A question that nobody has been asked yet.
     *
     * @throws IllegalArgumentException if the timeout is out of range
     */
    public Question(SessionContext context, RequestType<?, A> type, @Nullable Object data, Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the timeout of question '" + type + "' is " + timeout
                    + ", allowed is more than zero and at most 365 days");
        }
        this.context = context;
        this.type = type;
        this.data = data;
        this.timeout = timeout;
    }

    /**
     * Asks a client; never blocks. What it returns completes on any thread, always normally and under no lock: nothing that is user
     * code may depend on it directly.
     *
     * @param mayWrite as with {@link Outbox#offer}
     * @throws IllegalArgumentException if the data cannot be written
     */
    public CompletableFuture<Reply> ask(ClientSession client, boolean mayWrite) {
        Resumption resumption = client.resumption();
        if (resumption == null) {
            return over(Reason.CLASSIC_CLIENT, "a client of the classic profile cannot be asked: " + client.id());
        }
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        PendingAsk ask =
                resumption.correspondence().asks().open(reply, context.limits().openQuestions());
        if (ask == null) {
            return over(Reason.NOT_SENT, "too many questions to client " + client.id() + " are open");
        }
        offer(client, ask, mayWrite);
        if (!reply.isDone()) {
            context.deadlines().watchQuestion(ask, timeout.toNanos());
        }
        return reply;
    }

    private static CompletableFuture<Reply> over(Reason reason, String why) {
        return CompletableFuture.completedFuture(Reply.none(reason, why));
    }

    private void offer(ClientSession client, PendingAsk ask, boolean mayWrite) {
        Outgoing message;
        try {
            message =
                    messages.computeIfAbsent(ask.id(), id -> context.messages().question(type.name(), data, id));
        } catch (RuntimeException | Error unwritable) {
            ask.end(Reply.none(Reason.NOT_SENT, "its data cannot be written"));
            throw unwritable;
        }
        Refusal refusal = client.offer(message, mayWrite);
        if (refusal == Refusal.CLOSED) {
            ask.end(Reply.none(Reason.SESSION_OVER, "the session of client " + client.id() + " has ended"));
        } else if (refusal != null) {
            ask.end(Reply.none(Reason.NOT_SENT, "the outbox of client " + client.id() + " is full"));
        }
    }

    /** Asks one client; the stage completes on the hub's executor. */
    CompletionStage<A> stageOf(ClientSession client) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        var unused = ask(client, true).thenAccept(reply -> context.completions().add(() -> complete(answer, reply)));
        return AwaitedFuture.copyOf(answer, context.runtime(), "Client.ask()");
    }

    private void complete(CompletableFuture<A> answer, Reply reply) {
        try {
            answer.complete(valueOf(reply));
        } catch (RuntimeException | Error failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** Asks one client and waits, without need of another thread of the executor, of which there may be none left. */
    A await(ClientSession client) throws InterruptedException {
        CompletableFuture<Reply> reply = ask(client, true);
        if (!reply.isDone()) {
            var unused = context.runtime().await("Client.askAndWait()", reply, LONGEST);
        }
        return valueOf(reply.join());
    }

    /**
     * The answer; null only if its type is {@code Void}. May run user code.
     *
     * @throws io.hubwire.protocol.QuestionFailedException if there is none
     */
    @SuppressWarnings({"unchecked", "NullAway"}) // bound to the type; null only where A is Void
    public A valueOf(Reply reply) {
        return (A) reply.value(type);
    }
}
