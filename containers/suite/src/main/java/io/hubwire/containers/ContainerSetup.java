// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import io.hubwire.jakarta.HubEndpoint;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What a container is to be like: tests fill it in, a {@link ContainerStarter} reads it. For one thread. */
public final class ContainerSetup {
    /** A class, and no lambda, which could not be made without the Servlet API. */
    private record Deploying(HubEndpoint endpoint) implements Consumer<ServletContext> {
        @Override
        public void accept(ServletContext context) {
            endpoint.deployTo(context);
        }
    }

    private final List<HubEndpoint> endpoints = new ArrayList<>();
    private final List<Consumer<ServletContext>> initializers = new ArrayList<>();
    private final List<String> listeners = new ArrayList<>();
    private String contextPath = "";
    private OptionalInt sendBuffer = OptionalInt.empty();
    private OptionalInt threads = OptionalInt.empty();
    private boolean hasWebSockets = true;

    ContainerSetup() {}

    /** Serves a hub, after everything that was asked for before. */
    public ContainerSetup serve(HubEndpoint endpoint) {
        endpoints.add(endpoint);
        initializers.add(new Deploying(endpoint));
        return this;
    }

    /** Where the application is; default the root, which is the empty path. */
    public ContainerSetup contextPath(String path) {
        contextPath = path;
        return this;
    }

    /** Bytes that the kernel may keep for a peer that does not read; default the kernel's own choice. */
    public ContainerSetup sendBuffer(int bytes) {
        sendBuffer = OptionalInt.of(bytes);
        return this;
    }

    /** How many threads serve requests and messages, no more and no fewer, as far as the container can be told. */
    public ContainerSetup threads(int count) {
        threads = OptionalInt.of(count);
        return this;
    }

    /** Servlets only: runs while the application starts, after the container's own initializer for WebSockets. */
    public ContainerSetup initializer(Consumer<ServletContext> initializer) {
        initializers.add(initializer);
        return this;
    }

    /** Servlets only: a listener of the application, as a deployment descriptor would name it. */
    public ContainerSetup listener(Class<?> type) {
        listeners.add(type.getName());
        return this;
    }

    /** Servlets only: leaves the container's own initializer for WebSockets out. */
    public ContainerSetup withoutWebSockets() {
        hasWebSockets = false;
        return this;
    }

    /** Starts the container of this class path; exceptions as in {@link ContainerStarter#start}. */
    public Server start() {
        return new Server(Server.STARTER.start(this));
    }

    /** For containers without servlets: the hubs to serve, in order. */
    public List<HubEndpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** For containers with servlets: everything to run while the application starts, hubs included, in order. */
    public List<Consumer<ServletContext>> initializers() {
        return List.copyOf(initializers);
    }

    /** The class names of the application's listeners. */
    public List<String> listeners() {
        return List.copyOf(listeners);
    }

    /** Empty, or a path that begins with a slash. */
    public String contextPath() {
        return contextPath;
    }

    /** Bytes for each connection, if a test asks for a number. */
    public OptionalInt sendBuffer() {
        return sendBuffer;
    }

    /** The number of threads, if a test asks for one. */
    public OptionalInt threads() {
        return threads;
    }

    /** False in the one test that leaves them out. */
    public boolean hasWebSockets() {
        return hasWebSockets;
    }
}
