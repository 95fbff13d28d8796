// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.jetty;

import io.hubwire.Hub;
import io.hubwire.benchmarks.BenchContainer;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.servlet.ServletContainerInitializer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12.0 as it comes, with room for the generator's connections. */
public final class JettyBench implements BenchContainer {
    @Override
    public void serve(Hub hub, int port) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        server.setHandler(application(hub));
        server.start();
    }

    private static ServletContextHandler application(Hub hub) {
        ServletContextHandler application = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(application, null);
        ServletContainerInitializer deployment =
                (classes, servlets) -> HubEndpoint.serving(hub).at(PATH).deployTo(servlets);
        application.addServletContainerInitializer(deployment);
        return application;
    }
}
