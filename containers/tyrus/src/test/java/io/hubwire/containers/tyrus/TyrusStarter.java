// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tyrus;

import io.hubwire.containers.ContainerSetup;
import io.hubwire.containers.ContainerStarter;
import io.hubwire.containers.RunningContainer;
import io.hubwire.jakarta.GrizzlyHubs;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.tyrus.server.TyrusServerContainer;

/** Starts Tyrus 2.2, or 2.1 if that is on the class path, on a Grizzly listener. */
public final class TyrusStarter implements ContainerStarter {
    private static final String POM = "/META-INF/maven/org.glassfish.tyrus/tyrus-server/pom.properties";

    @Override
    public String name() {
        return "Tyrus";
    }

    @Override
    public String version() {
        try (InputStream pom = Objects.requireNonNull(TyrusServerContainer.class.getResourceAsStream(POM), POM)) {
            Properties properties = new Properties();
            properties.load(pom);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RunningContainer start(ContainerSetup setup) {
        Running made = new Running(setup);
        try {
            made.start();
        } catch (IOException | DeploymentException e) {
            made.close();
            throw new IllegalStateException(e);
        }
        return made;
    }

    private static final class Running implements RunningContainer {
        private final HttpServer server = new HttpServer();
        private final NetworkListener listener = new NetworkListener("hubwire", "127.0.0.1", 0);
        private final TyrusServerContainer container;
        private final String contextPath;

        Running(ContainerSetup setup) {
            contextPath = setup.contextPath().isEmpty() ? "/" : setup.contextPath();
            container = new LoopbackTyrus(contextPath);
            configure(setup);
            GrizzlyHubs hubs = GrizzlyHubs.on(container, contextPath);
            setup.endpoints().forEach(hubs::serve);
            listener.registerAddOn(hubs);
            server.addListener(listener);
        }

        private void configure(ContainerSetup setup) {
            TCPNIOTransport transport = listener.getTransport();
            transport.setIOStrategy(WorkerThreadIOStrategy.getInstance()); // handlers must not hold up the selectors
            listener.getKeepAlive().setIdleTimeoutInSeconds(-1); // or open sockets are closed after 30 s
            setup.threads()
                    .ifPresent(count -> transport.setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                            .setCorePoolSize(count)
                            .setMaxPoolSize(count)));
            setup.sendBuffer()
                    .ifPresent(
                            bytes -> transport.getConnectionMonitoringConfig().addProbes(new SendBuffer(bytes)));
        }

        void start() throws IOException, DeploymentException {
            container.start(contextPath, 0);
            server.start();
        }

        @Override
        public int port() {
            return listener.getPort();
        }

        @Override
        public void stopApplication() {
            close();
        }

        @Override
        public void close() {
            server.shutdownNow();
            container.stop();
        }
    }
}
