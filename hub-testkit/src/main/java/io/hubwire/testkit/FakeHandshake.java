// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.Handshake;
import java.security.Principal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a fake client asks for when it connects. Filled in by one thread, then only read. */
final class FakeHandshake implements Handshake {
    private static final String BEARER = "bearer ";

    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, String> query = new HashMap<>();
    final Map<String, String> pathParams = new HashMap<>();
    final List<String> subprotocols = new ArrayList<>();
    final List<Object> behind = new ArrayList<>();
    String path = "/ws";
    Optional<String> address = Optional.of("127.0.0.1");

    @Nullable
    Principal principal;

    FakeHandshake copy() {
        FakeHandshake copy = new FakeHandshake();
        copy.headers.putAll(headers);
        copy.query.putAll(query);
        copy.pathParams.putAll(pathParams);
        copy.subprotocols.addAll(subprotocols);
        copy.behind.addAll(behind);
        copy.path = path;
        copy.address = address;
        copy.principal = principal;
        return copy;
    }

    @Override
    public Optional<String> token() {
        return header("Authorization")
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip());
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
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
        return Optional.ofNullable(principal);
    }

    @Override
    public Optional<String> remoteAddress() {
        return address;
    }

    @Override
    public List<String> subprotocols() {
        return List.copyOf(subprotocols);
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return behind.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
