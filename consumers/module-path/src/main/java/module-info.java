// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Somebody else's module. */
// region module
module consumer {
    requires io.hubwire.client; // only where it is a client, too
    requires io.hubwire.jakarta;
    requires io.hubwire.testkit;
    requires jakarta.servlet;
    requires java.net.http;
    requires org.eclipse.jetty.ee10.servlet;
    requires org.eclipse.jetty.ee10.websocket.jakarta.server;

    provides io.hubwire.jakarta.HubProvider with
            consumer.Greeters;

    opens consumer to
            com.fasterxml.jackson.databind;
}
// endregion
