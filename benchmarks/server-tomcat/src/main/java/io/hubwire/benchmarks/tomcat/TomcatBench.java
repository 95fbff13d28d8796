// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.tomcat;

import io.hubwire.Hub;
import io.hubwire.benchmarks.BenchContainer;
import io.hubwire.jakarta.HubEndpoint;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat as it comes, with room for the generator's connections. */
public final class TomcatBench implements BenchContainer {
    @Override
    public void serve(Hub hub, int port) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setConnector(connector(port));
        var context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (classes, servlets) -> HubEndpoint.serving(hub).at(PATH).deployTo(servlets), null);
        tomcat.start();
    }

    private static Connector connector(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("acceptCount", Integer.toString(BACKLOG));
        connector.setProperty("maxConnections", Integer.toString(MAX_CONNECTIONS));
        return connector;
    }
}
