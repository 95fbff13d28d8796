// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where a handshake's token may be, besides the bearer token of its {@code Authorization} header, which comes first.
 *
 * @param query a query parameter's name; comes second
 * @param cookie a cookie's name; comes third
 */
record TokenSources(Optional<String> query, Optional<String> cookie) {
    static final TokenSources BEARER_ONLY = new TokenSources(Optional.empty(), Optional.empty());

    private static final String BEARER = "Bearer ";

    TokenSources withQuery(String name) {
        return new TokenSources(Optional.of(requireName("endpoint.tokenFromQuery", name)), cookie);
    }

    TokenSources withCookie(String name) {
        return new TokenSources(query, Optional.of(requireName("endpoint.tokenFromCookie", name)));
    }

    private static String requireName(String setting, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(setting + " is '" + name + "', allowed is a name that is not blank");
        }
        return name;
    }

    /** The first token that is there and not blank. */
    Optional<String> find(UpgradeRequest request, QueryString parameters) {
        return present(bearer(request))
                .or(() -> present(query.flatMap(parameters::first)))
                .or(() -> present(cookie.flatMap(name -> cookieOf(request, name))));
    }

    private static Optional<String> present(Optional<String> token) {
        return token.filter(text -> !text.isBlank());
    }

    private static Optional<String> bearer(UpgradeRequest request) {
        return request.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static Optional<String> cookieOf(UpgradeRequest request, String name) {
        return request.headerLines("Cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> unquoted(pair.substring(name.length() + 1)))
                .findFirst();
    }

    /** RFC 6265 §4.1.1 allows quotes around a value, which are no part of it. */
    private static String unquoted(String value) {
        boolean isQuoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
