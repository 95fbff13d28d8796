// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.server;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpRoutes;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Starts a container with the console in it: the one service of this type that is on the class path. A starter keeps
 * nothing, so it is thread-safe.
 */
public interface ServerStarter {
    /**
     * A container that listens.
     *
     * @param port where
     * @param end ends it; called once, after the hub has ended
     */
    record Listening(int port, End end) {}

    /** Ends a container. */
    @FunctionalInterface
    interface End {
        /** Blocks until it has ended. */
        void run() throws Exception;
    }

    /** The container's name, for people. */
    String container();

    /**
     * Starts it on 127.0.0.1.
     *
     * @param hub served at {@link io.hubwire.examples.console.hub.ConsoleHub#PATH}
     * @param routes answer every other call
     * @param port 0 for any that is free
     * @throws Exception if the port is taken; nothing is left behind then
     */
    Listening start(Hub hub, HttpRoutes routes, int port) throws Exception;

    /**
     * The one on the class path.
     *
     * @throws IllegalStateException if there is none, or more than one
     */
    static ServerStarter onClassPath() {
        List<ServerStarter> found = ServiceLoader.load(ServerStarter.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("one container must be on the class path, found: "
                    + found.stream().map(ServerStarter::container).toList());
        }
        return found.get(0);
    }
}
