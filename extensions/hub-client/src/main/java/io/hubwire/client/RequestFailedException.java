// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import io.hubwire.protocol.HubException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that has no answer to show. Immutable. */
public final class RequestFailedException extends HubException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Cause {
        /** The hub answered with an error: see {@link #code()}. */
        REFUSED,
        /** No answer came in time. The handler may have run. */
        TIMEOUT,
        /** The session ended while it was open. The handler may have run. */
        OUTCOME_UNKNOWN,
        /** It never left: the queue was full, it was too big, or the client is closed. The handler has not run. */
        NOT_SENT,
        /** The answer does not fit its type. The handler has run. */
        BAD_ANSWER
    }

    private final Cause reason;
    private final int code;
    private final transient @Nullable HubMessage answer;

    private RequestFailedException(String text, Cause reason, @Nullable HubMessage answer, @Nullable Throwable misfit) {
        super(text, misfit);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.code = answer == null ? 0 : answer.code();
        this.answer = answer;
    }

    /** For a request that the hub refused. */
    public static RequestFailedException refused(HubMessage answer) {
        String text = answer.event() + " was refused: " + answer.code() + " " + answer.errorText();
        return new RequestFailedException(text, Cause.REFUSED, answer, null);
    }

    /** For a request whose answer cannot be read. */
    public static RequestFailedException unreadable(HubMessage answer, Throwable misfit) {
        return new RequestFailedException(
                "the answer to " + answer.event() + " does not fit", Cause.BAD_ANSWER, answer, misfit);
    }

    /** For a request without an answer. */
    public static RequestFailedException unanswered(String event, Cause cause, String why) {
        return new RequestFailedException(event + ": " + why, cause, null, null);
    }

    /** Why it failed. */
    public Cause reason() {
        return reason;
    }

    /** The error's number if the hub refused it, otherwise 0. */
    public int code() {
        return code;
    }

    /** The hub's answer, if there was one; its payload may say more. */
    public Optional<HubMessage> answer() {
        return Optional.ofNullable(answer);
    }
}
