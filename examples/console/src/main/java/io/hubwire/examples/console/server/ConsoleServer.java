// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.server;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.server.ServerStarter.Listening;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** The console on the container that is on the class path, listening on 127.0.0.1. Thread-safe. */
public final class ConsoleServer implements AutoCloseable {
    private final String container;
    private final Hub hub;
    private final Listening listening;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private ConsoleServer(String container, Hub hub, Listening listening) {
        this.container = container;
        this.hub = hub;
        this.listening = listening;
    }

    /**
     * Serves a hub, which is closed with the server, and what is answered over HTTP.
     *
     * @param port 0 for any that is free
     * @throws IllegalStateException if the port is taken; the hub is closed then
     */
    public static ConsoleServer start(Hub hub, HttpRoutes routes, int port) {
        ServerStarter starter = ServerStarter.onClassPath();
        try {
            return new ConsoleServer(starter.container(), hub, starter.start(hub, routes, port));
        } catch (Exception e) { // every container has a type of its own for this
            hub.close();
            throw new IllegalStateException("cannot listen on 127.0.0.1:" + port, e);
        }
    }

    /** The container's name, for people. */
    public String container() {
        return container;
    }

    /** Where it listens. */
    public int port() {
        return listening.port();
    }

    /** Waits until it is closed, or this thread is interrupted. */
    public void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the hub in order, which tells its clients, then the container. Idempotent. */
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        hub.close();
        try {
            listening.end().run();
        } catch (Exception e) {
            throw new IllegalStateException(container + " did not stop", e);
        } finally {
            closed.countDown();
        }
    }
}
