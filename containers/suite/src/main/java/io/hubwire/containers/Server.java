// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import io.hubwire.Hub;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.testkit.contract.RawHandshake;
import io.hubwire.testkit.contract.RawPeer;
import java.net.URI;
import java.util.ServiceLoader;
import org.awaitility.Awaitility;

/** The running container, as tests use it. Stop it by {@link #close}. */
public final class Server implements AutoCloseable {
    /** The container of this class path. */
    public static final ContainerStarter STARTER =
            ServiceLoader.load(ContainerStarter.class).findFirst().orElseThrow();

    static {
        // Tomcat's threads throw when a close overtakes a message: not a matter of whoever waits for something then
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private final RunningContainer container;

    Server(RunningContainer container) {
        this.container = container;
    }

    /** A container that serves nothing yet. */
    public static ContainerSetup setup() {
        return new ContainerSetup();
    }

    /** A running container that serves this hub on {@code /ws}. */
    public static Server of(Hub hub) {
        return setup().serve(HubEndpoint.serving(hub)).start();
    }

    /** The same, where little fits into the kernel for a peer that does not read. */
    public static Server withSmallBuffers(Hub hub) {
        return setup().sendBuffer(16 << 10).serve(HubEndpoint.serving(hub)).start();
    }

    /** A container that was started in another way. */
    public static Server over(RunningContainer container) {
        return new Server(container);
    }

    /** Where it listens. */
    public int port() {
        return container.port();
    }

    /** A handshake to this server. */
    public RawHandshake peer() {
        return RawPeer.to(port());
    }

    /** A WebSocket address of this server. */
    public URI uri(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
    }

    /** How many TCP connections it holds open, whatever their state in HTTP or WebSocket. */
    public long connectionCount() {
        return OpenSockets.ofServer(port());
    }

    /** See {@link RunningContainer#keptBytes}. */
    public long keptBytes() {
        return container.keptBytes();
    }

    /** Stops the application alone; the server goes on. */
    public void stopApplication() {
        container.stopApplication();
    }

    @Override
    public void close() {
        container.close();
    }
}
