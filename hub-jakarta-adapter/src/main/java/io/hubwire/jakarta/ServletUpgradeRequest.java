// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A request of a servlet container. */
record ServletUpgradeRequest(HttpServletRequest request) implements UpgradeRequest {
    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public Collection<String> headerNames() {
        return Collections.list(request.getHeaderNames());
    }

    @Override
    public List<String> headerLines(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name)); // filters replace this method, seldom the other one
    }

    @Override
    public Origin target() {
        return Origin.of(request.getScheme(), request.getServerName(), request.getServerPort());
    }

    @Override
    public String path() {
        return request.getContextPath() + pathInApplication();
    }

    @Override
    public String pathInApplication() {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.getQueryString());
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(request.getUserPrincipal());
    }

    @Override
    public Optional<String> remoteAddress() {
        return Optional.ofNullable(request.getRemoteAddr());
    }

    @Override
    public Object unwrap() {
        return request;
    }
}
