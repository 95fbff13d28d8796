// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.tyrus;

import io.hubwire.Hub;
import io.hubwire.benchmarks.BenchContainer;
import io.hubwire.jakarta.GrizzlyHubs;
import io.hubwire.jakarta.HubEndpoint;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.server.TyrusServerContainer;

/** Tyrus on Grizzly, with room for the generator's connections. */
public final class TyrusBench implements BenchContainer {
    @Override
    public void serve(Hub hub, int port) throws Exception {
        TyrusServerContainer sockets = new Sockets();
        NetworkListener listener = new NetworkListener("bench", "127.0.0.1", port);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        listener.getTransport().setServerConnectionBackLog(BACKLOG);
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1); // it would end idle sockets, too
        listener.registerAddOn(
                GrizzlyHubs.on(sockets, "/").serve(HubEndpoint.serving(hub).at(PATH)));
        HttpServer server = new HttpServer();
        server.addListener(listener);
        sockets.start("/", port);
        server.start();
        Thread.currentThread().join(); // Grizzly's threads are daemons
    }
}
