// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.embedded;

import io.hubwire.Hub;
import io.hubwire.examples.deployment.Shop;
import io.hubwire.examples.deployment.Warehouse;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

// region server
/** A program with a Tomcat of its own: a servlet and a hub on one port. */
public final class ShopServer implements AutoCloseable {
    private final Hub hub = Hub.builder()
            .install(new Shop(Warehouse.withThreeTeas()))
            .shutdownGrace(Duration.ofSeconds(5))
            .build();
    private final Tomcat tomcat = new Tomcat();

    /** Starts on a port of the loopback interface; 0 is any free one. */
    public ShopServer(int port) throws LifecycleException {
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var application = tomcat.addContext("/shop", null);
        application.addServletContainerInitializer(new WsSci(), null);
        application.addServletContainerInitializer((classes, context) -> deploy(context), null);
        tomcat.start();
    }

    private void deploy(ServletContext context) {
        context.addServlet("prices", new PriceListServlet()).addMapping("/prices");
        HubEndpoint.serving(hub).at("/ws").deployTo(context); // ws://127.0.0.1:8080/shop/ws
    }

    /** Where it listens. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Ends the hub while its clients can still be told, and then the container. */
    @Override
    public void close() throws LifecycleException {
        hub.close();
        tomcat.stop();
        tomcat.destroy();
    }

    private void end() {
        try {
            close();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments) throws Exception {
        ShopServer server = new ShopServer(8080);
        Runtime.getRuntime().addShutdownHook(new Thread(server::end));
        server.tomcat.getServer().await();
    }
}
// endregion
