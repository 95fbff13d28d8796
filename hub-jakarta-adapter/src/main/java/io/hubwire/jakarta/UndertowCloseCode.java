// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.protocol.CloseReason;
import jakarta.websocket.Session;
import java.util.Optional;

/**
 * Why Undertow has closed a socket by itself: it reports 1006 for that, but its channel knows the code that was sent.
 * Undertow is known by the names of public methods.
 */
final class UndertowCloseCode {
    private UndertowCloseCode() {}

    /** The reason, if the session is Undertow's, and it has found broken frames or text. */
    static Optional<CloseReason> of(Session session) {
        if (!session.getClass().getName().startsWith("io.undertow.")) {
            return Optional.empty();
        }
        try {
            Object channel = session.getClass().getMethod("getWebSocketChannel").invoke(session);
            Object code = channel.getClass().getMethod("getCloseCode").invoke(channel);
            return reasonOf((Integer) code);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<CloseReason> reasonOf(int code) {
        return switch (code) {
            case 1002 -> Optional.of(CloseReason.PROTOCOL_ERROR);
            case 1007 -> Optional.of(CloseReason.INVALID_TEXT);
            default -> Optional.empty();
        };
    }
}
