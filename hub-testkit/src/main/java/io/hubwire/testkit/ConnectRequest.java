// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.Handshake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a test client asks for when it connects, for a {@link ClientTransport}. Immutable and thread-safe. */
public final class ConnectRequest {
    private final String name;
    private final FakeHandshake handshake;
    private final ConnectionTraits traits;
    private final Optional<Greeting> greeting;

    ConnectRequest(String name, FakeHandshake handshake, ConnectionTraits traits, Optional<Greeting> greeting) {
        this.greeting = greeting;
        this.name = name;
        this.handshake = handshake;
        this.traits = traits;
    }

    /** What transcripts call the client. */
    public String name() {
        return name;
    }

    /** The path, without query. */
    public String path() {
        return handshake.path();
    }

    /** The query parameters, decoded. */
    public Map<String, String> query() {
        return new TreeMap<>(handshake.query);
    }

    /** The headers beside those that every handshake has; the user and roles of the test are among them. */
    public Map<String, String> headers() {
        return new TreeMap<>(handshake.headers);
    }

    /** The subprotocols that it offers, in its order. */
    public List<String> subprotocols() {
        return handshake.subprotocols();
    }

    /**
     * The handshake as a hub sees it that is reached in memory. What no request carries is only there: principal, address,
     * path variables, and what it {@linkplain Handshake#unwrap unwraps} to.
     */
    public Handshake handshake() {
        return handshake;
    }

    /** As transcripts show it, secrets masked; nothing if it asks for nothing in particular. */
    Optional<String> shown(Redactor redactor) {
        String parameters = query().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + redactor.masked(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("&"));
        String rest = headers().entrySet().stream()
                .filter(header -> !TestIdentity.isHeader(header.getKey()))
                .map(header -> "  " + header.getKey() + ": " + redactor.masked(header.getKey(), header.getValue()))
                .collect(Collectors.joining());
        String asked = (parameters.isEmpty() ? "" : "?" + parameters) + rest;
        return Optional.of("GET " + path() + asked).filter(line -> !asked.isEmpty());
    }

    /** What the client says first; nothing in the classic profile. */
    Optional<Greeting> greeting() {
        return greeting;
    }

    ConnectionTraits traits() {
        return traits;
    }
}
