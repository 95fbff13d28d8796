// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.nio.charset.StandardCharsets;

/** Translates between the hub's close reasons and a container's. */
final class CloseReasons {
    private static final int NORMAL = 1000;
    private static final int POLICY = 1008;

    private CloseReasons() {}

    /**
     * What a container reports, made to fit: it may pass on any number that a peer sent, and texts of its own of any
     * length.
     */
    static CloseReason received(jakarta.websocket.CloseReason reason) {
        int code = reason.getCloseCode().getCode();
        if (code == CloseReason.CONNECTION_LOST.code()) {
            return CloseReason.CONNECTION_LOST; // the text would be the name of a Java exception
        }
        if (code == CloseReason.NO_STATUS.code()) {
            return new CloseReason(NORMAL, ""); // as all containers but Jetty say it
        }
        if (code < 1000 || code > 4999) {
            return CloseReason.PROTOCOL_ERROR;
        }
        String text = reason.getReasonPhrase();
        return new CloseReason(code, text == null ? "" : cut(text));
    }

    /** The same, where Undertow's session knows more than it reports. */
    static CloseReason received(jakarta.websocket.CloseReason reason, Session session) {
        CloseReason heard = received(reason);
        return heard.equals(CloseReason.CONNECTION_LOST)
                ? UndertowCloseCode.of(session).orElse(heard)
                : heard;
    }

    /**
     * What is sent for the hub's reason.
     *
     * @param isSending whether a frame is in flight: then 1000 becomes 1001, since for 1000 Tomcat waits until that
     *     frame is written, and cuts the connection for any other code
     */
    static jakarta.websocket.CloseReason toSend(CloseReason reason, boolean isSending) {
        int code = switch (reason.code()) {
            case 1004, 1005, 1006, 1015 -> CloseReason.GOING_AWAY.code(); // never on the wire, RFC 6455 §7.4.1
            case NORMAL -> isSending ? CloseReason.GOING_AWAY.code() : NORMAL;
            default -> reason.code();
        };
        return new jakarta.websocket.CloseReason(CloseCodes.getCloseCode(code), reason.text());
    }

    /** What closes a socket whose handshake could not be refused. */
    static CloseReason insteadOf(HandshakeResult.Refused refused) {
        return switch (refused.status()) {
            case 401 -> CloseReason.UNAUTHENTICATED;
            case 403 -> CloseReason.FORBIDDEN;
            case 429 -> CloseReason.RATE_LIMITED;
            case 503 -> CloseReason.OVERLOADED;
            default -> new CloseReason(POLICY, cut(refused.text()));
        };
    }

    /** As much of a text as a close frame has room for, whole characters only. */
    static String cut(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= CloseReason.MAX_TEXT_BYTES) {
            return text;
        }
        int end = 0;
        int bytes = 0;
        while (bytes <= CloseReason.MAX_TEXT_BYTES) {
            int character = text.codePointAt(end);
            bytes += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (bytes <= CloseReason.MAX_TEXT_BYTES) {
                end += Character.charCount(character);
            }
        }
        return text.substring(0, end);
    }
}
