// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.tyrus;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.hub.ConsoleHub;
import io.hubwire.examples.console.server.ServerStarter;
import io.hubwire.jakarta.GrizzlyHubs;
import io.hubwire.jakarta.HubEndpoint;
import java.io.IOException;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.tyrus.server.TyrusServerContainer;

/** Starts Tyrus on Grizzly. */
public final class TyrusStarter implements ServerStarter {
    private static final int WORKERS = 16; // passwords are checked there, and frames wait for them
    private static final int MAX_SKIPPED_BYTES = 2 << 20;

    @Override
    public String container() {
        return "Tyrus on Grizzly " + Grizzly.getDotedVersion();
    }

    @Override
    public Listening start(Hub hub, HttpRoutes routes, int port) throws Exception {
        TyrusServerContainer sockets = new Sockets();
        NetworkListener listener = loopback(port);
        listener.registerAddOn(new NoOtherUpgrades());
        listener.registerAddOn(GrizzlyHubs.on(sockets, "/").serve(endpoint(hub)));
        HttpServer server = server(listener, routes);
        try {
            sockets.start("/", port);
            server.start();
        } catch (IOException e) {
            end(server, sockets);
            throw e;
        }
        return new Listening(listener.getPort(), () -> end(server, sockets));
    }

    private static HubEndpoint endpoint(Hub hub) {
        return HubEndpoint.serving(hub).at(ConsoleHub.PATH).tokenFromQuery(ConsoleHub.TOKEN_PARAMETER);
    }

    private static NetworkListener loopback(int port) {
        NetworkListener listener = new NetworkListener("console", "127.0.0.1", port);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        listener.getTransport()
                .setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
                        .setPoolName("console-worker")
                        .setCorePoolSize(WORKERS)
                        .setMaxPoolSize(WORKERS));
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1); // it would end idle sockets, too
        return listener;
    }

    private static HttpServer server(NetworkListener listener, HttpRoutes routes) {
        HttpServer server = new HttpServer();
        server.addListener(listener);
        ServerConfiguration settings = server.getServerConfiguration();
        settings.addHttpHandler(new CallHandler(routes), "/");
        settings.setPassTraceRequest(true); // it would echo them
        settings.setMaxPayloadRemainderToSkip(MAX_SKIPPED_BYTES);
        settings.setDefaultErrorPageGenerator((request, status, reason, description, exception) -> "");
        return server;
    }

    private static void end(HttpServer server, TyrusServerContainer sockets) {
        server.shutdownNow();
        sockets.stop();
    }
}
