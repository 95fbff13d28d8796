// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which connection each session is written to: a frame to one that another has replaced fails the test, for a session has
 * one writer. Thread-safe.
 */
final class SessionWriters {
    private static final String HELLO = "{\"event\":\"hub/hello\"";

    private final Wire wire;

    @GuardedBy("this")
    private final Map<String, Watched> current = new HashMap<>();

    SessionWriters(Wire wire) {
        this.wire = wire;
    }

    /** The hub's side of a connection, watched. */
    Connection watch(Connection connection, String name) {
        return new Watched(connection, name);
    }

    private synchronized void hello(Watched connection, String answer) {
        ClientJson.parsed(answer)
                .map(envelope -> envelope.path("data").path("client"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .ifPresent(session -> {
                    connection.session = session;
                    current.put(session, connection);
                });
    }

    @SuppressWarnings("ReferenceEquality") // this very connection
    private synchronized boolean isReplaced(Watched connection) {
        return connection.session != null && current.get(connection.session) != connection;
    }

    private final class Watched implements Connection {
        private final Connection connection;
        private final String name;
        private @Nullable String session;

        Watched(Connection connection, String name) {
            this.connection = connection;
            this.name = name;
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            if (frame.text().startsWith(HELLO)) {
                hello(this, frame.text());
            } else if (isReplaced(this)) {
                wire.blame(new IllegalStateException("two live writers: the session of " + name
                        + " has another connection, and the hub sends to the old one: " + frame.text()));
            }
            connection.send(frame, done);
        }

        @Override
        public void ping() {
            connection.ping();
        }

        @Override
        public void close(CloseReason reason) {
            connection.close(reason);
        }

        @Override
        public void abort() {
            connection.abort();
        }
    }
}
