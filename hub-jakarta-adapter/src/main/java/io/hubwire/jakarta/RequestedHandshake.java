// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.Handshake;
import java.security.Principal;
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
final class RequestedHandshake implements Handshake {
    private final Optional<String> token;
    private final QueryString query;
    private final Map<String, String> headers;
    private final Map<String, String> pathParams;
    private final String path;
    private final Optional<Principal> principal;
    private final Optional<String> remoteAddress;
    private final List<String> subprotocols;
    private volatile @Nullable Object request;

    RequestedHandshake(UpgradeRequest request, QueryString query, Map<String, String> pathParams, TokenSources tokens) {
        this.token = tokens.find(request, query);
        this.query = query;
        this.headers = firstHeaders(request);
        this.pathParams = pathParams;
        this.path = request.path();
        this.principal = request.principal();
        this.remoteAddress = request.remoteAddress();
        this.subprotocols = List.copyOf(request.tokens("Sec-WebSocket-Protocol"));
        this.request = request.unwrap();
    }

    private static Map<String, String> firstHeaders(UpgradeRequest request) {
        Map<String, String> headers = new HashMap<>();
        for (String name : request.headerNames()) {
            request.header(name).ifPresent(value -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
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
