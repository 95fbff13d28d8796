// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody asked over HTTP. Immutable.
 *
 * @param method in capitals
 * @param path decoded, without query
 * @param query the first value of each parameter, decoded
 * @param headers the first value of each header, under its name in small letters
 * @param body as text; empty if there is none
 * @param remoteAddress the peer's IP address
 */
public record HttpCall(
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        String body,
        String remoteAddress) {
    /** The longest body, in bytes of UTF-8. */
    public static final int MAX_BODY_BYTES = 64 << 10;

    /** A body up to this length is read to its end even if it is too long, or its sender may not see the answer. */
    public static final int MAX_DISCARDED_BYTES = 1 << 20;

    /** Copies the maps. */
    public HttpCall {
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** A header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A query parameter; a blank one counts as absent. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * A query parameter that is a number.
     *
     * @throws HttpException 400 if it is not a number within these
     */
    public Optional<Integer> number(String name, int min, int max) {
        return parameter(name).map(text -> number(name, text, min, max));
    }

    private static int number(String name, String text, int min, int max) {
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw HttpException.badRequest(name + " is not a number");
        }
        throw HttpException.badRequest(name + " is not within " + min + "-" + max);
    }
}
