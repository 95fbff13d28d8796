// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.jmh;

import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.Route;
import io.hubwire.StandardEvents;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HandshakeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A hub with many clients over instant connections, all in one group. */
final class Crowd implements AutoCloseable {
    /** What is said. */
    record Line(String from, String text) {}

    static final EventType<Line> LINE = EventType.of("chat/line", Line.class);
    static final RequestType<Line, Line> ECHO = RequestType.of("echo", Line.class, Line.class);
    static final Line SAID = new Line("ann", "a line of ordinary length, as people write them in a room");
    static final String GROUP = "room-1";

    private static final String V1 = "hubwire.v1";
    private static final String HELLO = "{\"event\":\"hub/hello\",\"data\":{}}";
    private static final String JOIN = "{\"event\":\"join\",\"data\":{\"id\":\"" + GROUP + "\"}}";

    private final Hub hub;
    private final List<ConnectionHandler> clients = new ArrayList<>();
    private final List<InstantConnection> connections = new ArrayList<>();

    Crowd(String profile, int size) {
        hub = Hub.builder()
                .install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .onRequest(ECHO, (client, line) -> line, Route::nonBlocking)
                .heartbeat(HeartbeatPolicy.none())
                .limits(InboundLimits.defaults()
                        .eventsPerSecond(InboundLimits.UNLIMITED, InboundLimits.UNLIMITED)
                        .bytesPerSecond(InboundLimits.UNLIMITED, InboundLimits.UNLIMITED))
                .connections(ConnectionLimits.defaults()
                        .total(ConnectionLimits.UNLIMITED)
                        .handshakesPerSecond(ConnectionLimits.UNLIMITED, ConnectionLimits.UNLIMITED))
                .build();
        hub.start();
        for (int i = 0; i < size; i++) {
            enter(profile);
        }
        awaitMembers();
    }

    private void enter(String profile) {
        boolean isV1 = profile.equals(V1);
        NobodysHandshake handshake = new NobodysHandshake(isV1 ? List.of(V1) : List.of());
        HandshakeResult result =
                hub.acceptor().admit(handshake).toCompletableFuture().join();
        if (!(result instanceof HandshakeResult.Accepted place)) {
            throw new IllegalStateException("not admitted: " + result);
        }
        InstantConnection connection = new InstantConnection();
        ConnectionHandler client = place.open(connection);
        if (isV1) {
            client.onText(HELLO, true);
            await(connection::hasSent);
        }
        client.onText(JOIN, true);
        clients.add(client);
        connections.add(connection);
    }

    /** Joins run and are answered on threads of the hub. */
    private void awaitMembers() {
        await(() -> hub.group(GROUP).size() == clients.size());
        connections.forEach(connection -> await(connection::hasSent));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    Hub hub() {
        return hub;
    }

    /** The hub's end of a client's connection. */
    ConnectionHandler client(int index) {
        return clients.get(index);
    }

    @Override
    public void close() {
        hub.close();
    }
}
