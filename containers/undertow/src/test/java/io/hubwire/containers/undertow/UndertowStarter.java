// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.undertow;

import io.hubwire.containers.ContainerSetup;
import io.hubwire.containers.ContainerStarter;
import io.hubwire.containers.RunningContainer;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.Version;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.EventListener;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.xnio.Options;
import org.xnio.XnioWorker;

/** Starts Undertow. */
public final class UndertowStarter implements ContainerStarter {
    @Override
    public String name() {
        return "Undertow";
    }

    @Override
    public String version() {
        return Version.getVersionString();
    }

    @Override
    public Map<String, String> knownGaps() {
        return Map.of(
                "BadInputTest.more_fragments_than_allowed_are_too_much",
                "joins the fragments that it has read, and never shows empty ones: nobody else can count them",
                "WebApplicationTest.the_hub_is_closed_when_the_applications_start_fails",
                "calls neither listener nor servlet of an application whose initializer has failed");
    }

    @Override
    public RunningContainer start(ContainerSetup setup) {
        Running made = new Running(setup);
        try {
            made.deploy();
        } catch (ServletException | RuntimeException e) {
            made.close();
            throw new IllegalStateException(e);
        }
        return made;
    }

    private static final class Running implements RunningContainer {
        private static final int STOP_SECONDS = 20;

        private final PathHandler root = Handlers.path();
        private final Undertow undertow;
        private final XnioWorker worker;
        private final DeploymentManager application;
        private final String contextPath;

        Running(ContainerSetup setup) {
            Undertow.Builder builder = Undertow.builder().addHttpListener(0, "127.0.0.1", root);
            setup.sendBuffer().ifPresent(bytes -> builder.setSocketOption(Options.SEND_BUFFER, bytes));
            setup.threads().ifPresent(builder::setWorkerThreads);
            undertow = builder.build();
            undertow.start();
            worker = undertow.getWorker();
            contextPath = setup.contextPath().isEmpty() ? "/" : setup.contextPath();
            application = Servlets.newContainer().addDeployment(newApplication(setup));
        }

        private DeploymentInfo newApplication(ContainerSetup setup) {
            DeploymentInfo made = Servlets.deployment()
                    .setClassLoader(UndertowStarter.class.getClassLoader())
                    .setDeploymentName("the application")
                    .setContextPath(contextPath);
            if (setup.hasWebSockets()) {
                made.addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo().setWorker(worker));
            }
            setup.initializers().forEach(initializer -> made.addServletContainerInitializer(asInfo(initializer)));
            setup.listeners().forEach(listener -> made.addListener(new ListenerInfo(listenerClass(listener))));
            return made;
        }

        private static ServletContainerInitializerInfo asInfo(Consumer<ServletContext> initializer) {
            ServletContainerInitializer asTheContainerCallsIt = (classes, context) -> initializer.accept(context);
            return new ServletContainerInitializerInfo(
                    ServletContainerInitializer.class, new ImmediateInstanceFactory<>(asTheContainerCallsIt), Set.of());
        }

        private static Class<? extends EventListener> listenerClass(String name) {
            try {
                return Class.forName(name).asSubclass(EventListener.class);
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(e);
            }
        }

        void deploy() throws ServletException {
            application.deploy();
            root.addPrefixPath(contextPath, application.start());
        }

        @Override
        public int port() {
            return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
        }

        @Override
        public void stopApplication() {
            try {
                application.stop();
                application.undeploy();
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            if (application.getState() != DeploymentManager.State.UNDEPLOYED) {
                stopApplication();
            }
            undertow.stop();
            try {
                if (!worker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("threads of Undertow are left");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
