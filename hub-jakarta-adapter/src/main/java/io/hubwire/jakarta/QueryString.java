// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request's address. Immutable and thread-safe.
 *
 * <p>Read without the container, whose own reading may depend on its settings, may not be safe on other threads, and
 * fails late on some containers where the text is malformed.
 */
final class QueryString {
    private final Map<String, String> firstValues;

    private QueryString(Map<String, String> firstValues) {
        this.firstValues = firstValues;
    }

    /** Reads a raw query, null if there is none; empty if its encoding is broken. */
    static Optional<QueryString> parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return Optional.of(new QueryString(Map.of()));
        }
        Map<String, String> values = new HashMap<>();
        try {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.putIfAbsent(decode(name), decode(value));
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(new QueryString(values));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The first value of a parameter, decoded. */
    Optional<String> first(String name) {
        return Optional.ofNullable(firstValues.get(name));
    }
}
