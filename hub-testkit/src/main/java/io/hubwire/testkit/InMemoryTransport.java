// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Hub;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HandshakeResult;
import org.jspecify.annotations.Nullable;

/** Connections in memory: the hub's acceptor is asked as an adapter asks it. */
final class InMemoryTransport implements ClientTransport {
    private final Wire wire;
    private final SessionWriters writers;
    private @Nullable Hub hub;

    InMemoryTransport(Wire wire) {
        this.wire = wire;
        this.writers = new SessionWriters(wire);
    }

    @Override
    public void start(Hub served) {
        hub = served;
    }

    @Override
    public void connect(ConnectRequest request, Answer answer) {
        if (hub == null) {
            throw new IllegalStateException("the transport serves no hub yet");
        }
        String strand = "handshake of " + request.name();
        var unused = hub.acceptor()
                .admit(request.handshake())
                .thenAccept(result -> wire.execute(strand, () -> decided(request, answer, result)));
    }

    private void decided(ConnectRequest request, Answer answer, HandshakeResult result) {
        if (result instanceof HandshakeResult.Accepted accepted) {
            if (answer.isAwaited()) {
                open(request, answer, accepted);
            } else {
                accepted.release();
            }
        } else if (result instanceof HandshakeResult.Refused refused) {
            answer.refused(refused.status(), refused.text(), refused.retryAfter());
        }
    }

    /** All of this is one task of the wire, so that nothing arrives at either end in between. */
    private void open(ConnectRequest request, Answer answer, HandshakeResult.Accepted accepted) {
        answer.opening();
        FakeConnection connection = new FakeConnection(wire, request.name(), request.traits());
        ConnectionHandler handler = accepted.open(writers.watch(connection, request.name()));
        connection.attach(answer.accepted(connection));
        connection.attach(handler);
    }

    /** Nothing is left of a connection when its two ends are gone. */
    @Override
    public void close() {}
}
