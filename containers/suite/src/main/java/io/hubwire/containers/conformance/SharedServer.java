// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.conformance;

import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.containers.adapter.AcceptorOnlyHub;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.ClientTransport.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One container for the hubs of all scenarios: a header of each handshake says which one is meant. Thread-safe. */
public final class SharedServer implements AutoCloseable {
    /** The header that names a {@link Guest}. */
    static final String GUEST = "Hubwire-Test-Guest";

    /** A handshake to come: who is to judge it, and who waits for the answer. */
    record Guest(String id, Hub host, Answer answer, CompletableFuture<Void> session) {
        private CompletionStage<HandshakeResult> admit(Handshake handshake) {
            return host.acceptor().admit(handshake).thenApply(this::announced);
        }

        private HandshakeResult announced(HandshakeResult result) {
            return result instanceof HandshakeResult.Accepted accepted ? new Announced(accepted, this) : result;
        }
    }

    /** Tells the client's side when its session begins and when it has begun: the client itself cannot know. */
    private record Announced(HandshakeResult.Accepted accepted, Guest guest) implements HandshakeResult.Accepted {
        @Override
        public ConnectionHandler open(Connection connection) {
            guest.answer().opening();
            ConnectionHandler handler = accepted.open(connection);
            guest.session().complete(null);
            return handler;
        }

        @Override
        public void release() {
            accepted.release();
        }
    }

    private final Map<String, Guest> guests = new ConcurrentHashMap<>();
    private final AtomicLong count = new AtomicLong();
    private final AcceptorOnlyHub door = new AcceptorOnlyHub().judging(this::admit);
    private final Server server = Server.setup()
            .sendBuffer(16 << 10)
            .serve(door.endpoint())
            .serve(door.endpoint().at("/rooms/{room}"))
            .start();

    /** Lets the next handshake in whose header names this guest. */
    Guest expect(Hub host, Answer answer) {
        Guest guest = new Guest(Long.toString(count.incrementAndGet()), host, answer, new CompletableFuture<>());
        guests.put(guest.id(), guest);
        return guest;
    }

    private CompletionStage<HandshakeResult> admit(Handshake handshake) {
        return handshake
                .header(GUEST)
                .map(guests::remove)
                .map(guest -> guest.admit(handshake))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        new HandshakeResult.Refused(404, Optional.empty(), "nobody expects this handshake")));
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
