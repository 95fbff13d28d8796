// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.AttributeKey;
import java.security.Principal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client that is about to connect: what its handshake carries and how its connection behaves. For one thread; may
 * connect several times, each time as another device.
 */
public final class TestClientBuilder {
    /** How much a fake connection holds for a client that does not read, unless said otherwise. */
    public static final int DEFAULT_SOCKET_BUFFER = 64 << 10;

    private final TestHub hub;
    private final FakeHandshake handshake = new FakeHandshake();
    private final Set<String> roles = new LinkedHashSet<>();
    private TestAttributes attributes = TestAttributes.NONE;
    private Optional<String> user = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<String> token = Optional.empty();
    private Optional<Claim> claim = Optional.empty();
    private boolean isResuming;
    private SendCompletion completion;
    private int socketBuffer = DEFAULT_SOCKET_BUFFER;
    private Duration latency = Duration.ZERO;

    TestClientBuilder(TestHub hub, SendCompletion completion) {
        this.hub = hub;
        this.completion = completion;
    }

    /** Who it is, for the authenticator of {@link TestHub}; also the container's principal, unless that is set. */
    public TestClientBuilder user(String id) {
        user = Optional.of(id);
        return this;
    }

    /** The user's roles, for the authenticator of {@link TestHub}; default none. */
    public TestClientBuilder roles(String... names) {
        roles.addAll(List.of(names));
        return this;
    }

    /** What the client carries, for the authenticator of {@link TestHub}; over the kit's own connections in memory only. */
    public <T> TestClientBuilder attribute(AttributeKey<T> key, T value) {
        attributes = attributes.and(key, value);
        return this;
    }

    /** What transcripts call it; default the user's id, and a number for further devices. */
    public TestClientBuilder named(String text) {
        name = Optional.of(text);
        return this;
    }

    /** A bearer token in the {@code Authorization} header; in the hello, if it is {@link #resuming}. */
    public TestClientBuilder token(String text) {
        token = Optional.of(text);
        return this;
    }

    /**
     * Speaks the hubwire.v1 profile: it greets by itself, keeps the protocol's rules for numbers, acknowledges, and can come
     * back to its session. Default: it speaks the classic profile.
     */
    public TestClientBuilder resuming() {
        isResuming = true;
        return this;
    }

    /**
     * Claims a session in its first hello, whosever that is, from behind a number; the profile is hubwire.v1.
     *
     * @param session what {@link TestClient#claimable} says
     */
    public TestClientBuilder claiming(String session, long number) {
        claim = Optional.of(new Claim(session, number));
        return resuming();
    }

    /** A header. */
    public TestClientBuilder header(String header, String value) {
        handshake.headers.put(header, value);
        return this;
    }

    /** The {@code User-Agent}. */
    public TestClientBuilder agent(String agent) {
        return header("User-Agent", agent);
    }

    /** A query parameter. */
    public TestClientBuilder query(String parameter, String value) {
        handshake.query.put(parameter, value);
        return this;
    }

    /** The path that it asks for; default {@code /ws}. */
    public TestClientBuilder path(String path) {
        handshake.path = path;
        return this;
    }

    /** A variable of the endpoint's path. */
    public TestClientBuilder pathParam(String variable, String value) {
        handshake.pathParams.put(variable, value);
        return this;
    }

    /** Its IP address; default 127.0.0.1. */
    public TestClientBuilder address(String address) {
        handshake.address = Optional.of(address);
        return this;
    }

    /** Who the container says this is. */
    public TestClientBuilder principal(String principal) {
        Principal named = () -> principal;
        handshake.principal = named;
        return this;
    }

    /** The subprotocols that it offers; default none. */
    public TestClientBuilder subprotocols(String... names) {
        handshake.subprotocols.addAll(List.of(names));
        return this;
    }

    /** What {@link io.hubwire.spi.Handshake#unwrap} finds, such as a request. */
    public TestClientBuilder unwrapsTo(Object request) {
        handshake.behind.add(request);
        return this;
    }

    /** When its connection, if it is in memory, says that a frame was sent; default that of the {@link TestHub}. */
    public TestClientBuilder sendCompletion(SendCompletion choice) {
        completion = choice;
        return this;
    }

    /**
     * How many bytes its connection, if it is in memory, holds while it does not read; default {@value #DEFAULT_SOCKET_BUFFER}.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public TestClientBuilder socketBuffer(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a socket buffer of " + bytes + " bytes is not positive");
        }
        socketBuffer = bytes;
        return this;
    }

    /**
     * How long everything takes between it and the hub, one way, in either direction, if its connection is in memory;
     * default no time. Order is kept.
     *
     * @throws IllegalArgumentException if it is negative, or longer than a day
     */
    public TestClientBuilder latency(Duration oneWay) {
        latency = ConnectionTraits.checkedLatency(oneWay);
        return this;
    }

    /**
     * Connects; in the hubwire.v1 profile, until the hello is answered.
     *
     * @throws AssertionError if the hub refuses, or has not decided
     */
    public TestClient connect() {
        TestClient client = tryConnect().client();
        client.requireGreeted();
        return client;
    }

    /** Asks to connect; a refusal is a result. */
    public ConnectAttempt tryConnect() {
        FakeHandshake asked = handshake.copy();
        asked.behind.add(attributes);
        user.ifPresent(id -> identify(asked, id));
        String device = hub.newName(name.or(() -> user));
        Optional<Greeting> greeting = isResuming ? Optional.of(greeting(asked)) : Optional.empty();
        if (!isResuming) {
            token.ifPresent(text -> asked.headers.put("Authorization", "Bearer " + text));
        }
        ConnectRequest request =
                new ConnectRequest(device, asked, new ConnectionTraits(completion, socketBuffer, latency), greeting);
        ConnectAttempt attempt = new ConnectAttempt(hub, device, link -> entered(request, link));
        attempt.start(request);
        return attempt;
    }

    /**
     * Connects, and leaves everything else to the caller: nothing is said or counted that the profile asks of a client, and
     * transcripts and leftovers know nothing of this connection. For raw frames, and for clients of one's own.
     *
     * @return the client's end; what arrives there goes to the receiver
     * @throws AssertionError if the hub refuses, or has not decided
     */
    public ClientLink open(ClientLink.Receiver receiver) {
        FakeHandshake asked = handshake.copy();
        asked.behind.add(attributes);
        user.ifPresent(id -> identify(asked, id));
        token.ifPresent(text -> asked.headers.put("Authorization", "Bearer " + text));
        ConnectionTraits traits = new ConnectionTraits(completion, socketBuffer, latency);
        return new BareConnection(hub, receiver)
                .open(new ConnectRequest(name.orElse("a bare connection"), asked, traits, Optional.empty()));
    }

    private TestClient entered(ConnectRequest request, ClientLink link) {
        TestClient client = new TestClient(hub, request, link);
        hub.opened(client);
        client.greetFirst();
        return client;
    }

    private Greeting greeting(FakeHandshake asked) {
        asked.subprotocols.add(SessionHolder.PROFILE);
        return new Greeting(token, claim);
    }

    private void identify(FakeHandshake asked, String id) {
        asked.headers.putAll(new TestIdentity(id, Set.copyOf(roles)).headers());
        if (asked.principal == null) {
            asked.principal = () -> id;
        }
    }
}
