// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A plain HTTP response that says no. Written by hand, since a container's {@code sendError} adds a page of HTML and,
 * on an asynchronous request, calls listeners as if something had failed.
 *
 * @param text the body; safe to show
 */
record HttpRefusal(int status, String text, Map<String, String> headers) {
    private static final Map<String, String> HOW_TO_UPGRADE =
            Map.of("Upgrade", "websocket", "Connection", "Upgrade", "Sec-WebSocket-Version", "13");

    static HttpRefusal of(int status, String text) {
        return new HttpRefusal(status, text, Map.of());
    }

    /** 426: not a WebSocket handshake, or one of another version. */
    static HttpRefusal upgradeRequired(String text) {
        return new HttpRefusal(426, text, HOW_TO_UPGRADE);
    }

    /** The hub's own refusal. */
    static HttpRefusal of(HandshakeResult.Refused refused) {
        Map<String, String> headers = new LinkedHashMap<>();
        refused.retryAfter().ifPresent(delay -> headers.put("Retry-After", wholeSeconds(delay)));
        if (refused.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer"); // RFC 9110 §11.6.1 asks for a challenge with every 401
        }
        return new HttpRefusal(refused.status(), refused.text(), headers);
    }

    private static String wholeSeconds(Duration delay) {
        long seconds = delay.getSeconds() + (delay.getNano() > 0 ? 1 : 0);
        return Long.toString(Math.max(0, seconds));
    }

    void writeTo(HttpServletResponse response) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
