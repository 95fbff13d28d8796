// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Why a session ended: a WebSocket close code, a text, and by the code's range what the client should do next.
 *
 * <p>Codes: RFC 6455 §7.4 and, from 4000, the table in the protocol's §7. Immutable and thread-safe.
 *
 * @param code 1000–4999
 * @param text at most 123 bytes of UTF-8 (RFC 6455 §5.5.1)
 */
public record CloseReason(int code, String text) {
    /** The longest text, in bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 123;

    /** A clean goodbye. */
    public static final CloseReason NORMAL = new CloseReason(1000, "normal");
    /** The peer is going away, as a browser does when its page closes. */
    public static final CloseReason GOING_AWAY = new CloseReason(1001, "going away");
    /** The peer broke the framing rules. */
    public static final CloseReason PROTOCOL_ERROR = new CloseReason(1002, "protocol error");
    /** The peer sent a binary message. */
    public static final CloseReason UNSUPPORTED_DATA = new CloseReason(1003, "text messages only");
    /** The peer closed without a code. Never on the wire. */
    public static final CloseReason NO_STATUS = new CloseReason(1005, "no status");
    /** The connection was lost without a close frame. Never on the wire. */
    public static final CloseReason CONNECTION_LOST = new CloseReason(1006, "connection lost");
    /** The peer's text was not UTF-8. */
    public static final CloseReason INVALID_TEXT = new CloseReason(1007, "invalid UTF-8");
    /** The message was larger than it may be. */
    public static final CloseReason TOO_BIG = new CloseReason(1009, "message too big");
    /** The hub is restarting. */
    public static final CloseReason SERVICE_RESTART = new CloseReason(1012, "service restart");
    /** The client does not keep to the protocol. */
    public static final CloseReason BAD_PROTOCOL = new CloseReason(4000, "too many malformed messages");
    /** No credential, or one that is not valid. */
    public static final CloseReason UNAUTHENTICATED = new CloseReason(4001, "unauthenticated");
    /** The user may not connect here. */
    public static final CloseReason FORBIDDEN = new CloseReason(4003, "forbidden");
    /** An administrator or the user ended the session. */
    public static final CloseReason KICKED = new CloseReason(4004, "kicked");
    /** Another session of the user took its place. */
    public static final CloseReason REPLACED = new CloseReason(4005, "replaced");
    /** A limit on connections was reached. */
    public static final CloseReason CONNECTION_LIMIT = new CloseReason(4010, "too many connections");
    /** The hub has no room. */
    public static final CloseReason OVERLOADED = new CloseReason(4100, "overloaded");
    /** The client went on after it was told to slow down. */
    public static final CloseReason RATE_LIMITED = new CloseReason(4101, "rate limit exceeded");
    /** The application's {@code onConnect} failed. */
    public static final CloseReason SERVER_ERROR = new CloseReason(4102, "server error");
    /** The client did not take its messages in time. */
    public static final CloseReason SLOW_CONSUMER = new CloseReason(4104, "slow consumer");
    /** The client of a profile that begins with a greeting did not greet in time. */
    public static final CloseReason HELLO_TIMEOUT = new CloseReason(4105, "no hello in time");
    /** Nothing was heard from the client for too long. */
    public static final CloseReason HEARTBEAT_TIMEOUT = new CloseReason(4201, "heartbeat timeout");
    /** The hub is stopping; the client was told when to come back. */
    public static final CloseReason DRAIN = new CloseReason(4202, "drain");
    /** The connection was open for as long as it may be. */
    public static final CloseReason MAX_AGE = new CloseReason(4203, "maximum age");
    /** The credential that the session was opened with has expired. */
    public static final CloseReason CREDENTIALS_EXPIRED = new CloseReason(4300, "credentials expired");

    /** The credential that the session was opened with is not valid any more. */
    public static final CloseReason CREDENTIALS_REVOKED = new CloseReason(4301, "credentials revoked");

    private static final int FIRST_APPLICATION_CODE = 4400;

    /** What a client should do about a close. */
    public enum Advice {
        /** Do not come back on your own. */
        STOP,
        /** Come back after a growing delay: at least 1 s, doubling, at most 20 s, full jitter. */
        BACK_OFF,
        /** Come back at once (jitter up to 1 s) and resume. */
        RETURN_NOW,
        /** Get new credentials first. */
        AUTHENTICATE_AGAIN
    }

    /**
     * Checks the code's range and the text's length.
     *
     * @throws IllegalArgumentException if the code is not within 1000–4999 or the text is longer than
     *     {@value #MAX_TEXT_BYTES} bytes of UTF-8
     */
    public CloseReason {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("close code " + code + " is not within 1000-4999");
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException(
                    "close text of " + bytes + " bytes is longer than " + MAX_TEXT_BYTES + " bytes: '" + text + "'");
        }
    }

    /**
     * An application's own reason: 4400–4499 asks clients to back off, 4500–4999 to stay away.
     *
     * @throws IllegalArgumentException if the code is not within 4400–4999, or the text is too long
     */
    public static CloseReason ofApplication(int code, String text) {
        if (code < FIRST_APPLICATION_CODE) {
            throw new IllegalArgumentException(
                    "close code " + code + " is not within 4400-4999, the application's own range");
        }
        return new CloseReason(code, text);
    }

    /** What this reason tells the client to do, by the range of its code. */
    public Advice advice() {
        if (code < 4000) {
            return adviceOfStandardCode();
        }
        if (code < 4100) {
            return Advice.STOP;
        }
        if (code < 4200) {
            return Advice.BACK_OFF;
        }
        if (code < 4300) {
            return Advice.RETURN_NOW;
        }
        if (code < FIRST_APPLICATION_CODE) {
            return Advice.AUTHENTICATE_AGAIN;
        }
        return code < 4500 ? Advice.BACK_OFF : Advice.STOP;
    }

    /**
     * Whether a session of a client that can resume goes on when its connection ends for this reason: not after a goodbye, a kick or
     * a broken rule.
     */
    public boolean keepsSession() {
        return code == TOO_BIG.code
                || (advice() != Advice.STOP && code != SERVICE_RESTART.code && code != CREDENTIALS_REVOKED.code);
    }

    private Advice adviceOfStandardCode() {
        return switch (code) {
            case 1001, 1005, 1006, 1011, 1012, 1013, 1014 -> Advice.BACK_OFF;
            default -> Advice.STOP;
        };
    }
}
