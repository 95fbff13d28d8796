// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A client that stays connected to a hub.
 *
 * <p>The WebSocket container comes from the application. Payload classes are read and written by Jackson: on the module path, open
 * their package to {@code com.fasterxml.jackson.databind}.
 */
@org.jspecify.annotations.NullMarked
module io.hubwire.client {
    requires transitive io.hubwire.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires static jakarta.websocket.client;
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;

    exports io.hubwire.client;
}
