// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.Handshake;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request asked for, copied: an authenticator may read it on any thread while the container's request object is
 * on its way elsewhere. Thread-safe.
 */
final class ServletHandshake implements Handshake {
    private final Optional<String> token;
    private final QueryString query;
    private final Map<String, String> headers;
    private final Map<String, String> pathParams;
    private final String path;
    private final Optional<Principal> principal;
    private final Optional<String> remoteAddress;
    private final List<String> subprotocols;
    private volatile @Nullable HttpServletRequest request;

    ServletHandshake(
            HttpServletRequest request, QueryString query, Map<String, String> pathParams, TokenSources tokens) {
        this.token = tokens.find(request, query);
        this.query = query;
        this.headers = firstHeaders(request);
        this.pathParams = pathParams;
        this.path = request.getContextPath() + pathWithin(request);
        this.principal = Optional.ofNullable(request.getUserPrincipal());
        this.remoteAddress = Optional.ofNullable(request.getRemoteAddr());
        this.subprotocols = List.copyOf(UpgradeRules.tokens(request, "Sec-WebSocket-Protocol"));
        this.request = request;
    }

    /** The decoded path within the web application. */
    static String pathWithin(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static Map<String, String> firstHeaders(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.putIfAbsent(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        return headers;
    }

    /** Lets go of the request, which the container will use again for another client. */
    void close() {
        request = null;
    }

    @Override
    public Optional<String> token() {
        return token;
    }

    @Override
    public Optional<String> query(String name) {
        return query.first(name);
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Optional<String> pathParam(String name) {
        return Optional.ofNullable(pathParams.get(name));
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<Principal> principal() {
        return principal;
    }

    @Override
    public Optional<String> remoteAddress() {
        return remoteAddress;
    }

    @Override
    public List<String> subprotocols() {
        return subprotocols;
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.ofNullable(request).filter(type::isInstance).map(type::cast);
    }
}
