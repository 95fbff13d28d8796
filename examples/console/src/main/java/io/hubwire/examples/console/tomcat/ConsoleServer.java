// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.tomcat;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.hub.ConsoleHub;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** The console on an embedded Tomcat that listens on 127.0.0.1. Started and closed by one thread at a time. */
public final class ConsoleServer implements AutoCloseable {
    private final Hub hub;
    private final Tomcat tomcat;
    private final Path workFolder;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ConsoleServer(Hub hub, Tomcat tomcat, Path workFolder) {
        this.hub = hub;
        this.tomcat = tomcat;
        this.workFolder = workFolder;
    }

    /**
     * Serves a hub, which is closed with the server, and what is answered over HTTP.
     *
     * @param port 0 for any that is free
     * @throws IllegalStateException if the port is taken
     */
    public static ConsoleServer start(Hub hub, HttpRoutes routes, int port) {
        Path folder = newFolder();
        System.clearProperty(Constants.CATALINA_HOME_PROP); // an earlier Tomcat's folder, which would be made again
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(loopback(port));
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, servlets) -> deploy(hub, routes, servlets), null);
        warnOfNoLeaks(context);
        ConsoleServer server = new ConsoleServer(hub, tomcat, folder);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            server.close();
            throw new IllegalStateException("cannot listen on 127.0.0.1:" + port, e);
        }
        return server;
    }

    /** Where it listens. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Waits until it is closed. */
    public void await() {
        tomcat.getServer().await();
    }

    /** Ends the hub in order, then Tomcat. Idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        hub.close();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("Tomcat did not stop", e);
        } finally {
            delete(workFolder);
        }
    }

    private static void deploy(Hub hub, HttpRoutes routes, ServletContext servlets) {
        HubEndpoint.serving(hub)
                .at(ConsoleHub.PATH)
                .tokenFromQuery(ConsoleHub.TOKEN_PARAMETER)
                .deployTo(servlets);
        servlets.addServlet("console", new CallServlet(routes)).addMapping("/");
    }

    /** Tomcat looks for what a redeployed application leaves behind; this one ends with its JVM. */
    private static void warnOfNoLeaks(StandardContext context) {
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
    }

    private static Connector loopback(int port) {
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        return connector;
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("hubwire-console");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
