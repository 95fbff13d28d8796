// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A plain HTTP response that says no.
 *
 * @param text the body; safe to show
 */
record HttpRefusal(int status, String text, Map<String, String> headers) {
    static final String CONTENT_TYPE = "text/plain;charset=utf-8";

    static HttpRefusal of(int status, String text) {
        return of(HandshakeGate.refused(status, text));
    }

    static HttpRefusal of(HandshakeResult.Refused refused) {
        Map<String, String> headers = new LinkedHashMap<>();
        refused.retryAfter().ifPresent(delay -> headers.put("Retry-After", wholeSeconds(delay)));
        if (refused.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer"); // RFC 9110 §11.6.1 asks for a challenge with every 401
        }
        if (refused.status() == 426) {
            headers.put("Upgrade", "websocket"); // RFC 9110 §15.5.22 asks for what would be right with every 426
            headers.put("Connection", "Upgrade");
            headers.put("Sec-WebSocket-Version", "13");
        }
        return new HttpRefusal(refused.status(), refused.text(), headers);
    }

    private static String wholeSeconds(Duration delay) {
        long seconds = delay.getSeconds() + (delay.getNano() > 0 ? 1 : 0);
        return Long.toString(Math.max(0, seconds));
    }

    byte[] body() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
