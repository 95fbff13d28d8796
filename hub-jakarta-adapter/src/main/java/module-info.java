// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Binds a hub to a Jakarta WebSocket container.
 *
 * <p>The container brings the Servlet and WebSocket APIs: they are needed to compile only, since some containers on the
 * module path bring them in modules of other names.
 */
@org.jspecify.annotations.NullMarked
module io.hubwire.jakarta {
    requires transitive io.hubwire.core;
    requires static transitive jakarta.servlet;
    requires static transitive jakarta.websocket;
    requires static transitive jakarta.websocket.client;
    requires static org.jspecify;

    exports io.hubwire.jakarta;
}
