// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta.container;

import io.hubwire.jakarta.rawpeer.RawHandshake;
import io.hubwire.jakarta.rawpeer.RawPeer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.websocket.server.WsSci;

/** A running Tomcat on a free port of the loopback interface, with one web application. Stop it by {@link #close}. */
public final class EmbeddedTomcat implements AutoCloseable {
    /** What a Tomcat is to be like. For one thread. */
    public static final class Setup {
        private final Map<String, String> connectorProperties = new LinkedHashMap<>();
        private final List<Consumer<ServletContext>> initializers = new ArrayList<>();
        private final List<String> listeners = new ArrayList<>();
        private String contextPath = "";
        private boolean hasWebSockets = true;

        private Setup() {
            connectorProperties.put("address", "127.0.0.1");
        }

        /** A property of the connector, such as {@code socket.txBufSize} or {@code maxThreads}. */
        public Setup connector(String property, Object value) {
            connectorProperties.put(property, value.toString());
            return this;
        }

        /** Runs while the application starts, after Tomcat's own initializer for WebSockets. */
        public Setup deploy(Consumer<ServletContext> initializer) {
            initializers.add(initializer);
            return this;
        }

        /** Puts a filter before every request; not before what is dispatched again. */
        public Setup filter(Filter filter, boolean isAsyncSupported) {
            return deploy(context -> {
                FilterRegistration.Dynamic registration = context.addFilter("filter " + filter, filter);
                registration.setAsyncSupported(isAsyncSupported);
                registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
            });
        }

        /** A listener of the application, as a deployment descriptor would name it. */
        public Setup listener(Class<?> type) {
            listeners.add(type.getName());
            return this;
        }

        /** Where the application is; default the root. */
        public Setup contextPath(String path) {
            contextPath = path;
            return this;
        }

        /** Leaves Tomcat's own initializer for WebSockets out. */
        public Setup withoutWebSockets() {
            hasWebSockets = false;
            return this;
        }

        /**
         * Starts it.
         *
         * @throws IllegalStateException if the application does not start; nothing is left running then
         */
        public EmbeddedTomcat start() {
            EmbeddedTomcat made = new EmbeddedTomcat(this);
            try {
                made.tomcat.start();
            } catch (LifecycleException e) {
                made.close();
                throw new IllegalStateException(e);
            }
            return made;
        }
    }

    private final Tomcat tomcat = new Tomcat();
    private final Path baseDir;
    private final Connector connector = new Connector();
    private final Context context;

    private EmbeddedTomcat(Setup setup) {
        try {
            baseDir = Files.createTempDirectory("hubwire-tomcat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tomcat.setBaseDir(baseDir.toString());
        connector.setPort(0);
        setup.connectorProperties.forEach(connector::setProperty);
        tomcat.setConnector(connector);
        context = newContext(setup);
    }

    private Context newContext(Setup setup) {
        Context made = tomcat.addContext(setup.contextPath, null);
        if (setup.hasWebSockets) {
            made.addServletContainerInitializer(new WsSci(), null);
        }
        for (Consumer<ServletContext> initializer : setup.initializers) {
            ServletContainerInitializer asTheContainerCallsIt =
                    (classes, servletContext) -> initializer.accept(servletContext);
            made.addServletContainerInitializer(asTheContainerCallsIt, null);
        }
        setup.listeners.forEach(made::addApplicationListener);
        return made;
    }

    public static Setup setup() {
        return new Setup();
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** A handshake to this server. */
    public RawHandshake peer() {
        return RawPeer.to(port());
    }

    public URI uri(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
    }

    /** How many TCP connections are open, whatever their state in HTTP or WebSocket. */
    public long connectionCount() {
        long waitingToAccept = 1; // counted as if it were a connection
        return protocol().getConnectionCount() - waitingToAccept;
    }

    /** How many connections Tomcat has not forgotten: some that are long closed may be among them. */
    public int keptConnectionCount() {
        return protocol().getWaitingProcessorCount();
    }

    private AbstractProtocol<?> protocol() {
        return (AbstractProtocol<?>) connector.getProtocolHandler();
    }

    /** Stops the application alone; the server goes on. */
    public void stopApplication() {
        try {
            ((StandardContext) context).stop();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
            deleteBaseDir();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void deleteBaseDir() throws IOException {
        try (Stream<Path> files = Files.walk(baseDir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
