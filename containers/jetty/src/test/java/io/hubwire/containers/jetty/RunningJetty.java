// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.jetty;

import io.hubwire.containers.RunningContainer;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Jetty of any version, with one web application. The modules of both versions compile it: what it needs of Jetty is
 * the same in both, what an application is made of has other packages in each.
 */
final class RunningJetty implements RunningContainer {
    /** See {@link io.hubwire.containers.ContainerStarter#knownGaps}. */
    static final Map<String, String> KNOWN_GAPS = Map.of(
            "HandshakeRulesTest.an_upgrade_without_its_connection_header_is_told_to_upgrade",
            "answers 400 by itself while it reads the request");

    private static final int DEFAULT_THREADS = 200;
    private static final int DEFAULT_MIN_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;
    private final ContextHandler application;

    private RunningJetty(ContextHandler application, OptionalInt threads, OptionalInt sendBuffer) {
        this.application = application;
        server = new Server(
                new QueuedThreadPool(threads.orElse(DEFAULT_THREADS), threads.orElse(DEFAULT_MIN_THREADS)));
        connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        sendBuffer.ifPresent(connector::setAcceptedSendBufferSize);
        server.addConnector(connector);
        server.setHandler(application);
    }

    /** Starts one; exceptions as in {@link io.hubwire.containers.ContainerStarter#start}. */
    static RunningJetty start(ContextHandler application, OptionalInt threads, OptionalInt sendBuffer) {
        RunningJetty made = new RunningJetty(application, threads, sendBuffer);
        try {
            made.server.start();
        } catch (Exception e) {
            made.close();
            throw new IllegalStateException(e);
        }
        return made;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    /** The pool of buffers, which grows with the number of connections that were busy at a time. */
    @Override
    public long keptBytes() {
        return ((ArrayByteBufferPool) connector.getByteBufferPool()).getHeapMemory();
    }

    @Override
    public void stopApplication() {
        stop(application::stop);
    }

    @Override
    public void close() {
        stop(server::stop);
        server.destroy();
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void stop(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
