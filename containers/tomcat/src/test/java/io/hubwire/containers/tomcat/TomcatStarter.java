// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tomcat;

import io.hubwire.containers.ContainerSetup;
import io.hubwire.containers.ContainerStarter;
import io.hubwire.containers.RunningContainer;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.websocket.server.WsSci;

/** Starts Tomcat 11, or 10.1 if that is on the class path. */
public final class TomcatStarter implements ContainerStarter {
    @Override
    public String name() {
        return "Tomcat";
    }

    @Override
    public String version() {
        return ServerInfo.getServerInfo().replace("Apache Tomcat/", "");
    }

    /**
     * A closed connection's buffer goes to the next one while the thread that read from it may still do so: about one
     * request in a million then comes out as something else.
     */
    @Override
    public int garbledRequests() {
        return 2;
    }

    @Override
    public RunningContainer start(ContainerSetup setup) {
        Running made = new Running(setup);
        try {
            made.tomcat.start();
        } catch (LifecycleException e) {
            made.close();
            throw new IllegalStateException(e);
        }
        return made;
    }

    private static final class Running implements RunningContainer {
        private static final AtomicInteger COUNT = new AtomicInteger();

        private final Tomcat tomcat = new Tomcat();
        private final Connector connector = new Connector();
        private final Path baseDir;
        private final Context context;

        Running(ContainerSetup setup) {
            baseDir = newBaseDir();
            tomcat.setBaseDir(baseDir.toString());
            tomcat.getEngine().setName("Tomcat-" + COUNT.incrementAndGet()); // the domain of its management beans
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            setup.sendBuffer().ifPresent(bytes -> connector.setProperty("socket.txBufSize", Integer.toString(bytes)));
            setup.threads().ifPresent(this::setThreads);
            tomcat.setConnector(connector);
            context = newContext(setup);
        }

        private static Path newBaseDir() {
            try {
                return Files.createTempDirectory("hubwire-tomcat");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void setThreads(int count) {
            connector.setProperty("maxThreads", Integer.toString(count));
            connector.setProperty("minSpareThreads", Integer.toString(count));
        }

        private Context newContext(ContainerSetup setup) {
            Context made = tomcat.addContext(setup.contextPath(), null);
            if (setup.hasWebSockets()) {
                made.addServletContainerInitializer(new WsSci(), null);
            }
            for (Consumer<ServletContext> initializer : setup.initializers()) {
                ServletContainerInitializer asTheContainerCallsIt =
                        (classes, servletContext) -> initializer.accept(servletContext);
                made.addServletContainerInitializer(asTheContainerCallsIt, null);
            }
            setup.listeners().forEach(made::addApplicationListener);
            return made;
        }

        @Override
        public int port() {
            return connector.getLocalPort();
        }

        /**
         * A connection that fails on a sender's thread while another thread reads from it is never forgotten: its
         * buffers stay, and nothing of the hub.
         */
        @Override
        public long keptBytes() {
            return ((AbstractProtocol<?>) connector.getProtocolHandler()).getWaitingProcessorCount() * (64L << 10);
        }

        @Override
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
            if (!Files.exists(baseDir)) {
                return;
            }
            try (Stream<Path> files = Files.walk(baseDir)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
