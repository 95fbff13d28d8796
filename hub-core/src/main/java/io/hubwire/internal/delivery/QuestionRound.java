// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.delivery;

import io.hubwire.Answers;
import io.hubwire.Client;
import io.hubwire.RequestType;
import io.hubwire.internal.runtime.AwaitedFuture;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Question;
import io.hubwire.internal.session.Reply;
import io.hubwire.internal.session.SessionContext;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.protocol.QuestionFailedException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One question to many: asked by one thread, then collected on the hub's executor as replies come.
 *
 * @param <A> the answer's type
 */
final class QuestionRound<A> {
    /** How one client's question ended: with a failure, or with an answer, which may be null. */
    private record Ended<A>(@Nullable A answer, @Nullable QuestionFailedException failure) {}

    private final SessionContext context;
    private final Question<A> question;
    private final List<ClientSession> asked = new ArrayList<>();
    private final Map<ClientSession, Ended<A>> ended = new ConcurrentHashMap<>();
    private final CompletableFuture<Answers<A>> all = new CompletableFuture<>();
    private final CompletableFuture<A> first = new CompletableFuture<>();

    /** One for the sender, and one for each question that has not ended. */
    private final AtomicInteger open = new AtomicInteger(1);

    private volatile QuestionFailedException lastFailure;

    QuestionRound(SessionContext context, RequestType<?, A> type, @Nullable Object data, Duration timeout) {
        this.context = context;
        this.question = new Question<>(context, type, data, timeout);
        this.lastFailure = QuestionFailedException.unanswered(type.name(), Reason.NOT_SENT, "there was nobody to ask");
    }

    void ask(ClientSession client, boolean mayWrite) {
        CompletableFuture<Reply> reply = question.ask(client, mayWrite);
        asked.add(client);
        open.incrementAndGet();
        var unused = reply.thenAccept(value -> context.completions().add(() -> end(client, value)));
    }

    /** Everybody has been asked. */
    QuestionRound<A> closed() {
        if (open.decrementAndGet() == 0) {
            context.completions().add(this::complete);
        }
        return this;
    }

    CompletionStage<Answers<A>> each() {
        return AwaitedFuture.copyOf(all, context.runtime(), "Audience.askEach()");
    }

    CompletionStage<A> first() {
        return AwaitedFuture.copyOf(first, context.runtime(), "Audience.askFirst()");
    }

    private void end(ClientSession client, Reply reply) {
        try {
            A answer = question.valueOf(reply);
            ended.put(client, new Ended<>(answer, null));
            first.complete(answer);
        } catch (QuestionFailedException failure) {
            ended.put(client, new Ended<>(null, failure));
            lastFailure = failure;
        }
        if (open.decrementAndGet() == 0) {
            complete();
        }
    }

    private void complete() {
        first.completeExceptionally(lastFailure);
        all.complete(collected());
    }

    @SuppressWarnings("NullAway") // everybody's question has ended; an answer is null only where A is Void
    private Answers<A> collected() {
        Map<Client, A> answers = new LinkedHashMap<>();
        Map<Client, QuestionFailedException> failures = new LinkedHashMap<>();
        Set<Client> silent = new LinkedHashSet<>();
        for (ClientSession client : asked) {
            Ended<A> end = ended.get(client);
            if (end.failure() == null) {
                answers.put(client, end.answer());
            } else if (end.failure().reason() == Reason.TIMEOUT) {
                silent.add(client);
            } else {
                failures.put(client, end.failure());
            }
        }
        return new Answers<>(answers, failures, silent);
    }
}
