// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Binds a hub to a Jakarta WebSocket container.
 *
 * <p>The container brings the Servlet and WebSocket APIs, and Grizzly where Tyrus runs on it: they are needed to compile
 * only, since some containers on the module path bring the APIs in modules of other names. For the same reason the
 * initializer is a service on the class path only: a {@code provides} clause would need the Servlet API in a module of
 * one certain name.
 */
@org.jspecify.annotations.NullMarked
module io.hubwire.jakarta {
    requires transitive io.hubwire.core;
    requires static jakarta.servlet;
    requires static jakarta.websocket;
    requires static jakarta.websocket.client;
    requires static org.glassfish.grizzly;
    requires static org.glassfish.grizzly.http;
    requires static org.glassfish.grizzly.http.server;
    requires static org.jspecify;

    exports io.hubwire.jakarta;

    uses io.hubwire.jakarta.HubProvider;
}
