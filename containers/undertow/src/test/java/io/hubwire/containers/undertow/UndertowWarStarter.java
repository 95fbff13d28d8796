// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.undertow;

import io.hubwire.containers.RunningContainer;
import io.hubwire.containers.servlet.war.War;
import io.hubwire.containers.servlet.war.WarStarter;
import io.hubwire.jakarta.HubInitializer;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ListenerInfo;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EventListener;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deploys what is in a WAR. Undertow by itself looks for nothing: the program that embeds it makes the class loader, and
 * names initializers and listeners.
 */
public final class UndertowWarStarter implements WarStarter {
    @Override
    public RunningContainer start(War war) {
        Running made = new Running(war);
        try {
            made.deploy();
        } catch (ServletException | RuntimeException e) {
            made.close();
            throw new IllegalStateException(e);
        }
        return made;
    }

    private static final class Running implements RunningContainer {
        private final PathHandler root = Handlers.path();
        private final Undertow undertow =
                Undertow.builder().addHttpListener(0, "127.0.0.1", root).build();
        private final URLClassLoader classes;
        private final DeploymentManager application;

        Running(War war) {
            undertow.start();
            classes = classesOf(war.folder());
            application = Servlets.newContainer().addDeployment(newApplication(war));
        }

        private DeploymentInfo newApplication(War war) {
            DeploymentInfo made = Servlets.deployment()
                    .setClassLoader(classes)
                    .setDeploymentName("the application")
                    .setContextPath("/app")
                    .addServletContextAttribute(
                            WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                            new WebSocketDeploymentInfo().setWorker(undertow.getWorker()))
                    .addServletContainerInitializer(new ServletContainerInitializerInfo(
                            load(HubInitializer.class.getName(), ServletContainerInitializer.class), Set.of()));
            war.initParameters().forEach(made::addInitParameter);
            war.listeners()
                    .forEach(listener -> made.addListener(new ListenerInfo(load(listener, EventListener.class))));
            return made;
        }

        private <T> Class<? extends T> load(String name, Class<T> type) {
            try {
                return classes.loadClass(name).asSubclass(type);
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(e);
            }
        }

        /** A WAR's class loader that, unlike a container's, asks its parent first. */
        private static URLClassLoader classesOf(Path folder) {
            List<URL> urls = new ArrayList<>();
            try (Stream<Path> libraries = Files.list(folder.resolve("WEB-INF/lib"))) {
                urls.add(urlOf(folder.resolve("WEB-INF/classes")));
                libraries.sorted().forEach(library -> urls.add(urlOf(library)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new URLClassLoader(urls.toArray(URL[]::new), UndertowWarStarter.class.getClassLoader());
        }

        private static URL urlOf(Path path) {
            try {
                return path.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(e);
            }
        }

        void deploy() throws ServletException {
            application.deploy();
            root.addPrefixPath("/app", application.start());
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
            if (application.getState() == DeploymentManager.State.STARTED) {
                stopApplication();
            }
            undertow.stop();
            try {
                classes.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
