// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
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
    Optional<String> find(HttpServletRequest request, QueryString parameters) {
        return bearer(request)
                .or(() -> query.flatMap(parameters::first))
                .or(() -> cookie.flatMap(name -> cookieOf(request, name)))
                .filter(token -> !token.isBlank());
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    private static Optional<String> cookieOf(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        for (Cookie cookie : cookies) {
            if (cookie.getName().equals(name)) {
                return Optional.of(cookie.getValue());
            }
        }
        return Optional.empty();
    }
}
