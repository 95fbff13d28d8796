// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.RequestType;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.Payload;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.protocol.QuestionFailedException.Reason;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** What became of a question, before anybody has looked at it. Immutable. */
@FunctionalInterface
public interface Reply {
    /** Makes a judged value of a payload; throws if it does not fit. */
    @FunctionalInterface
    interface Binder {
        /** Null only for {@code Void}. */
        @Nullable
        Object bind(Payload payload, Type type);
    }

    /**
     * The answer as a value; may run user code.
     *
     * @throws QuestionFailedException if there is none
     */
    @Nullable
    Object value(RequestType<?, ?> question);

    /** No answer, and why. */
    static Reply none(Reason reason, String why) {
        return question -> {
            throw QuestionFailedException.unanswered(question.name(), reason, why);
        };
    }

    /** What the client sent. */
    static Reply of(Envelope.Answer answer, Payload payload, Binder binder) {
        return question -> {
            if (answer.code() != 0) {
                throw QuestionFailedException.refused(question.name(), answer, payload);
            }
            try {
                return binder.bind(payload, question.answerType());
            } catch (RuntimeException | Error misfit) { // of the validator too, which is user code
                throw QuestionFailedException.badAnswer(question.name(), misfit);
            }
        };
    }
}
