// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Judges a request before anybody is asked: is it a WebSocket handshake (RFC 6455 §4.2.1), and from a page that may
 * connect. Thread-safe.
 */
final class UpgradeRules {
    private static final int KEY_BYTES = 16;
    private static final int KEY_CHARACTERS = 24;

    private final OriginRule origins;
    private final boolean isMissingOriginAllowed;

    UpgradeRules(OriginRule origins, boolean isMissingOriginAllowed) {
        this.origins = origins;
        this.isMissingOriginAllowed = isMissingOriginAllowed;
    }

    /** Why the request is refused, if it is. */
    Optional<HandshakeResult.Refused> judge(UpgradeRequest request) {
        if (!isUpgrade(request)) {
            return Optional.of(HandshakeGate.refused(426, "a WebSocket endpoint"));
        }
        if (!List.of("13").equals(request.strippedLines("Sec-WebSocket-Version"))) {
            return Optional.of(HandshakeGate.refused(426, "only version 13 of the WebSocket protocol"));
        }
        if (!hasKey(request)) {
            return Optional.of(HandshakeGate.refused(400, "malformed Sec-WebSocket-Key"));
        }
        if (!hasGoodOrigin(request)) {
            return Optional.of(HandshakeGate.refused(403, "origin not allowed"));
        }
        return Optional.empty();
    }

    private static boolean isUpgrade(UpgradeRequest request) {
        return request.method().equals("GET")
                && request.tokens("Upgrade").stream().anyMatch("websocket"::equalsIgnoreCase)
                && request.tokens("Connection").stream().anyMatch("upgrade"::equalsIgnoreCase);
    }

    private static boolean hasKey(UpgradeRequest request) {
        List<String> keys = request.strippedLines("Sec-WebSocket-Key");
        if (keys.size() != 1 || keys.get(0).length() != KEY_CHARACTERS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(keys.get(0)).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean hasGoodOrigin(UpgradeRequest request) {
        List<String> said = request.strippedLines("Origin");
        if (said.isEmpty()) {
            return isMissingOriginAllowed;
        }
        return said.size() == 1 && origins.allows(said.get(0), request);
    }
}
