// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question to a client that has no answer to show. Immutable. */
public final class QuestionFailedException extends HubException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The client answered with an error: see {@link #code()}, {@link #errorText()} and {@link #data()}. */
        REFUSED,
        /** No answer came in time. The client may have got the question, and may have acted on it. */
        TIMEOUT,
        /** The session had ended, or ended while the question was open. The client may have acted on it. */
        SESSION_OVER,
        /** The client is one of the classic profile, which knows no questions. It was not asked. */
        CLASSIC_CLIENT,
        /** Too many questions to this client are open, or its outbox is full. It was not asked. */
        NOT_SENT,
        /** The answer does not fit its type, or is refused by the validator. */
        BAD_ANSWER
    }

    private final Reason reason;
    private final int code;
    private final @Nullable String errorText;
    private final transient @Nullable Payload data;

    private QuestionFailedException(
            String message,
            Reason reason,
            Envelope.@Nullable Answer answer,
            @Nullable Payload data,
            @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.code = answer == null ? 0 : answer.code();
        this.errorText = answer == null ? null : answer.errorMsg().orElse(null);
        this.data = data;
    }

    /** For a question that the client answered with an error. */
    public static QuestionFailedException refused(String event, Envelope.Answer answer, Payload data) {
        String message = "the question '" + event + "' was answered with error " + answer.code();
        return new QuestionFailedException(message, Reason.REFUSED, answer, data, null);
    }

    /** For a question whose answer cannot be used. */
    public static QuestionFailedException badAnswer(String event, Throwable cause) {
        String message = "the answer to '" + event + "' does not fit";
        return new QuestionFailedException(message, Reason.BAD_ANSWER, null, null, cause);
    }

    /** For a question without an answer. */
    public static QuestionFailedException unanswered(String event, Reason reason, String why) {
        return new QuestionFailedException("the question '" + event + "': " + why, reason, null, null, null);
    }

    /** Why it failed. */
    public Reason reason() {
        return reason;
    }

    /** The number of the client's error, otherwise 0. */
    public int code() {
        return code;
    }

    /** The text of the client's error, if it gave one. Whoever is the client has written it: it may be anything. */
    public Optional<String> errorText() {
        return Optional.ofNullable(errorText);
    }

    /** What the client sent with its error, {@link Payload#NONE} if nothing. */
    public Payload data() {
        return data == null ? Payload.NONE : data;
    }
}
