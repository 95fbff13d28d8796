// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.TokenCause;
import io.hubwire.protocol.CloseReason;
import java.nio.charset.StandardCharsets;

/** Close reasons as a client meets and makes them. */
final class ClientCloses {
    /** The application does not keep up: the connection is let go, and what it missed comes with a resume. */
    static final CloseReason BEHIND = new CloseReason(1013, "callbacks do not keep up");

    private ClientCloses() {}

    /** Whatever a container says: a code out of range counts as a lost connection, a text that is too long is cut. */
    static CloseReason of(int code, String text) {
        String fitting = text;
        while (fitting.getBytes(StandardCharsets.UTF_8).length > CloseReason.MAX_TEXT_BYTES) {
            fitting = fitting.substring(0, Math.min(fitting.length() - 1, CloseReason.MAX_TEXT_BYTES));
        }
        return code < 1000 || code > 4999
                ? new CloseReason(CloseReason.CONNECTION_LOST.code(), fitting)
                : new CloseReason(code, fitting);
    }

    /** There is no connection, and no code that says why. */
    static CloseReason lost(String why) {
        return of(CloseReason.CONNECTION_LOST.code(), why);
    }

    /** The application has no other credentials than those that the hub has refused. */
    static CloseReason noNewToken(TokenCause cause) {
        CloseReason refused =
                cause == TokenCause.REVOKED ? CloseReason.CREDENTIALS_REVOKED : CloseReason.CREDENTIALS_EXPIRED;
        return new CloseReason(refused.code(), "no new credentials");
    }

    /** What the hub sends is not what comes next: a resume brings it. */
    static CloseReason positionLost(String why) {
        return new CloseReason(4204, why);
    }
}
