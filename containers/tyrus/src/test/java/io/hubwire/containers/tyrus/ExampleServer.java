// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tyrus;

import io.hubwire.jakarta.GrizzlyHubs;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.websocket.DeploymentException;
import java.io.IOException;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.server.TyrusServerContainer;

/** The server of the documentation. */
final class ExampleServer implements AutoCloseable {
    // region start
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener;
    private final TyrusServerContainer container = new LoopbackTyrus("/");

    ExampleServer(HubEndpoint endpoint, int port) throws IOException, DeploymentException {
        listener = new NetworkListener("hubs", "127.0.0.1", port);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance()); // handlers off the selectors
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1); // or Grizzly closes quiet sockets after 30 s
        listener.registerAddOn(GrizzlyHubs.on(container, "/").serve(endpoint));
        server.addListener(listener);
        container.start("/", port);
        server.start();
    }
    // endregion

    int port() {
        return listener.getPort();
    }

    // region stop
    @Override
    public void close() {
        server.shutdownNow(); // closes the hubs first
        container.stop();
    }
    // endregion
}
