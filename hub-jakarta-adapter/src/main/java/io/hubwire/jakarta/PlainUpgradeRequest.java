// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.websocket.server.HandshakeRequest;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A handshake as the WebSocket API shows it, which leaves much to guess. The container has by then checked that it is
 * one.
 *
 * @param template what the path is known to end like
 */
record PlainUpgradeRequest(HandshakeRequest request, PathTemplate template) implements UpgradeRequest {
    @Override
    public String method() {
        return "GET";
    }

    @Override
    public Collection<String> headerNames() {
        return request.getHeaders().keySet();
    }

    @Override
    public List<String> headerLines(String name) {
        List<String> lines = request.getHeaders().get(name);
        return lines == null ? List.of() : lines;
    }

    /** What the {@code Host} header says, since nothing else does. */
    @Override
    public Origin target() {
        String scheme = property("isSecure").filter(Boolean.TRUE::equals).isPresent() ? "https" : "http";
        return Origin.of(scheme, header("Host"));
    }

    @Override
    public String path() {
        URI uri = request.getRequestURI();
        String path = uri.getPath();
        return path == null ? "" : path;
    }

    @Override
    public String pathInApplication() {
        return template.endOf(path());
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.getQueryString());
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(request.getUserPrincipal());
    }

    /** Tyrus tells it, by a method of its own. */
    @Override
    public Optional<String> remoteAddress() {
        return property("getRemoteAddr").filter(String.class::isInstance).map(String.class::cast);
    }

    private Optional<Object> property(String getter) {
        try {
            return Optional.ofNullable(request.getClass().getMethod(getter).invoke(request));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return Optional.empty();
        }
    }

    @Override
    public Object unwrap() {
        return request;
    }
}
