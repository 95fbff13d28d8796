// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
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
    Optional<HttpRefusal> judge(HttpServletRequest request) {
        if (!isUpgrade(request)) {
            return Optional.of(HttpRefusal.upgradeRequired("a WebSocket endpoint"));
        }
        if (!List.of("13").equals(values(request, "Sec-WebSocket-Version"))) {
            return Optional.of(HttpRefusal.upgradeRequired("only version 13 of the WebSocket protocol"));
        }
        if (!hasKey(request)) {
            return Optional.of(HttpRefusal.of(400, "malformed Sec-WebSocket-Key"));
        }
        if (!hasGoodOrigin(request)) {
            return Optional.of(HttpRefusal.of(403, "origin not allowed"));
        }
        return Optional.empty();
    }

    private static boolean isUpgrade(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && tokens(request, "Upgrade").stream().anyMatch("websocket"::equalsIgnoreCase)
                && tokens(request, "Connection").stream().anyMatch("upgrade"::equalsIgnoreCase);
    }

    private static boolean hasKey(HttpServletRequest request) {
        List<String> keys = values(request, "Sec-WebSocket-Key");
        if (keys.size() != 1 || keys.get(0).length() != KEY_CHARACTERS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(keys.get(0)).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean hasGoodOrigin(HttpServletRequest request) {
        List<String> said = values(request, "Origin");
        if (said.isEmpty()) {
            return isMissingOriginAllowed;
        }
        return said.size() == 1 && origins.allows(said.get(0), request);
    }

    private static List<String> values(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header)).stream()
                .map(String::strip)
                .toList();
    }

    /** The items of a header that is a list, over all its lines. */
    static List<String> tokens(HttpServletRequest request, String header) {
        List<String> tokens = new ArrayList<>();
        for (String line : values(request, header)) {
            for (String token : line.split(",", -1)) {
                if (!token.isBlank()) {
                    tokens.add(token.strip());
                }
            }
        }
        return tokens;
    }
}
