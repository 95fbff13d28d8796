// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a client may see: a number and a catalogue text.
 *
 * <p>Code space: 0 is success, 1000s protocol, 1100s identity, 1200s limits, 1300s routing, 1400s handler; an
 * application's own start at {@value #FIRST_APPLICATION_CODE}. Immutable and thread-safe; equal by number.
 */
public final class ErrorCode {
    /** The first number that an application may use. */
    public static final int FIRST_APPLICATION_CODE = 10_000;

    /** The message is not JSON, or not an envelope. */
    public static final ErrorCode MALFORMED = new ErrorCode(1000, "malformed message");
    /** The envelope has no event, a bad event name, or a bad id. */
    public static final ErrorCode INVALID_ENVELOPE = new ErrorCode(1001, "invalid envelope");
    /** The payload does not fit the handler's type, or its validator refused it; data names the field's path. */
    public static final ErrorCode INVALID_PAYLOAD = new ErrorCode(1002, "invalid payload");
    /** The event needs a user and the client has none. */
    public static final ErrorCode UNAUTHENTICATED = new ErrorCode(1101, "not authenticated");
    /** The client may not do this: a route's rule, a join policy, or a group it is not a member of. */
    public static final ErrorCode FORBIDDEN = new ErrorCode(1103, "not allowed");
    /** The client sends faster than it may. */
    public static final ErrorCode RATE_LIMITED = new ErrorCode(1200, "rate limit exceeded");
    /** Too many messages of the client wait for its handlers. */
    public static final ErrorCode BUSY = new ErrorCode(1201, "too many messages waiting");
    /** The client is a member of as many groups as it may be. */
    public static final ErrorCode TOO_MANY_GROUPS = new ErrorCode(1202, "too many groups");
    /** No handler is registered for the event. */
    public static final ErrorCode UNKNOWN_EVENT = new ErrorCode(1300, "unknown event");
    /** The handler failed; data carries the incident's id under which the hub logged the cause. */
    public static final ErrorCode HANDLER_FAILED = new ErrorCode(1400, "internal error");
    /** The handler took longer than it may. */
    public static final ErrorCode HANDLER_TIMEOUT = new ErrorCode(1401, "handler timed out");
    /** The hub is shutting down and takes no more events. */
    public static final ErrorCode SHUTTING_DOWN = new ErrorCode(1402, "shutting down");

    /** The message was handled before, and its answer is not kept any more. */
    public static final ErrorCode ALREADY_HANDLED = new ErrorCode(1403, "already handled");

    private final int number;
    private final String text;

    private ErrorCode(int number, String text) {
        this.number = number;
        this.text = Objects.requireNonNull(text, "text");
    }

    /**
     * An application's own error.
     *
     * @param number at least {@value #FIRST_APPLICATION_CODE}
     * @param text the catalogue text that clients see; not blank
     * @throws IllegalArgumentException if the number is below the application's range, or the text is blank
     */
    public static ErrorCode of(int number, String text) {
        if (number < FIRST_APPLICATION_CODE) {
            throw new IllegalArgumentException("error code " + number + " is below " + FIRST_APPLICATION_CODE
                    + ", where an application's own codes begin");
        }
        if (text.isBlank()) {
            throw new IllegalArgumentException("error code " + number + " has a blank text");
        }
        return new ErrorCode(number, text);
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** The catalogue text on the wire. */
    public String text() {
        return text;
    }

    /** A failure with this code and no data, to be thrown by a handler. */
    public EventException exception() {
        return new EventException(this, null);
    }

    /**
     * A failure with this code, to be thrown by a handler.
     *
     * @param data travels to the client as the answer's {@code data}
     */
    public EventException exception(@Nullable Object data) {
        return new EventException(this, data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ErrorCode code && code.number == number;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return number + " " + text;
    }
}
