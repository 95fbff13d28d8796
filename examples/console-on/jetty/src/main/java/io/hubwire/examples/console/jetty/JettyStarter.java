// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.jetty;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.server.ServerStarter;
import io.hubwire.examples.console.servlet.ConsoleServlets;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Jetty;

/** Starts Jetty. */
public final class JettyStarter implements ServerStarter {
    @Override
    public String container() {
        return "Jetty " + Jetty.VERSION;
    }

    @Override
    public Listening start(Hub hub, HttpRoutes routes, int port) throws Exception {
        Server server = new Server();
        ServerConnector connector = loopback(server, port);
        server.addConnector(connector);
        server.setHandler(application(hub, routes));
        server.setErrorHandler(JettyStarter::tellNothing);
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
        return new Listening(connector.getLocalPort(), server::stop);
    }

    private static ServerConnector loopback(Server server, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        return connector;
    }

    private static ServletContextHandler application(Hub hub, HttpRoutes routes) {
        ServletContextHandler application = new ServletContextHandler();
        JakartaWebSocketServletContainerInitializer.configure(application, null);
        application.addServletContainerInitializer(ConsoleServlets.of(hub, routes));
        application.setErrorHandler(JettyStarter::tellNothing);
        return application;
    }

    /** The status is all; it is set already. */
    private static boolean tellNothing(Request request, Response response, Callback callback) {
        callback.succeeded();
        return true;
    }
}
