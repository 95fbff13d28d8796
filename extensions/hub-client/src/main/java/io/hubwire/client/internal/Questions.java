// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.RequestType;
import io.hubwire.client.Subscription;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.EventException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The hub's questions and the application's answers to them. Thread-safe, but for {@link #asked}, which is called from the lane. */
final class Questions {
    private static final Logger LOG = System.getLogger(Questions.class.getName());

    private final ClientContext context;
    private final Outgoing outgoing;
    private final Map<String, Answerer> byName = new ConcurrentHashMap<>();
    /** In the lane: which session it is. */
    private int session;

    /** One that was asked, by its name in the session that it was asked in. */
    private record Asked(Incoming question, String ask, int session) {
        String event() {
            return question.event();
        }
    }

    private record Answerer(
            RequestType<?, ?> question, Function<@Nullable Object, ? extends CompletionStage<?>> function) {}

    Questions(ClientContext context, Outgoing outgoing) {
        this.context = context;
        this.outgoing = outgoing;
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // bound to the question's payload type; null only where that is Void
    <Q> Subscription answer(RequestType<Q, ?> question, Function<? super Q, ? extends CompletionStage<?>> function) {
        Answerer answerer = new Answerer(question, payload -> function.apply((Q) payload));
        if (byName.putIfAbsent(question.name(), answerer) != null) {
            throw new IllegalStateException("questions '" + question.name() + "' are answered already");
        }
        return () -> byName.remove(question.name(), answerer);
    }

    void asked(Incoming question, String ask) {
        Asked asked = new Asked(question, ask, session);
        context.dispatch().deliver(() -> reply(asked));
    }

    /** The questions so far are nobody's any more, and new ones have their names: answers to the old are not sent. From the lane. */
    void restarted() {
        session++;
    }

    private void reply(Asked asked) {
        Answerer answerer = byName.get(asked.event());
        if (answerer == null) {
            fail(asked, ErrorCode.UNKNOWN_EVENT.exception());
            return;
        }
        try {
            Object payload = bind(asked.question(), answerer);
            var unused = answerer.function()
                    .apply(payload)
                    .whenComplete((answer, failure) -> finish(asked, answer, failure));
        } catch (Throwable failure) { // the hub is not to wait for what will not come
            fail(asked, failure);
        }
    }

    private static @Nullable Object bind(Incoming question, Answerer answerer) {
        try {
            return question.body().bind(answerer.question().payloadType());
        } catch (IllegalArgumentException misfit) {
            LOG.log(Level.WARNING, "a question '" + question.event() + "' does not fit", misfit);
            throw ErrorCode.INVALID_PAYLOAD.exception();
        }
    }

    private void finish(Asked asked, @Nullable Object answer, @Nullable Throwable failure) {
        if (failure != null) {
            fail(asked, failure);
            return;
        }
        try {
            send(asked, context.wire().answer(asked.event(), asked.ask(), answer));
        } catch (IllegalArgumentException unwritable) {
            fail(asked, unwritable);
        }
    }

    private void fail(Asked asked, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof EventException meant) {
            fail(asked, meant);
            return;
        }
        LOG.log(Level.WARNING, "the answer to a question '" + asked.event() + "' failed", cause);
        fail(asked, ErrorCode.HANDLER_FAILED.exception());
    }

    private void fail(Asked asked, EventException meant) {
        String answer;
        try {
            answer = context.wire().failedAnswer(asked.event(), asked.ask(), meant);
        } catch (IllegalArgumentException unwritable) {
            LOG.log(Level.WARNING, "the data of an error cannot be written", unwritable);
            answer = context.wire()
                    .failedAnswer(asked.event(), asked.ask(), meant.code().exception());
        }
        send(asked, answer);
    }

    private void send(Asked asked, String answer) {
        OutgoingMessage message = new OutgoingMessage(answer);
        context.lane().run(() -> {
            if (asked.session() == session && !outgoing.answer(message)) {
                LOG.log(
                        Level.WARNING,
                        "the answer to a question ''{0}'' is larger than the hub takes: {1} bytes",
                        asked.event(),
                        message.bytes());
                fail(asked, ErrorCode.HANDLER_FAILED.exception());
            }
        });
    }
}
