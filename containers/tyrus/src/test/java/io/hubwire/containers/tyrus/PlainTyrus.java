// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tyrus;

import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.testkit.contract.RawHandshake;
import io.hubwire.testkit.contract.RawPeer;
import java.lang.reflect.Constructor;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.WorkerThreadIOStrategy;
import org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn;

/** Tyrus with a hub as one of its endpoints and nothing of ours on the listener. */
final class PlainTyrus implements AutoCloseable {
    private final HttpServer server = new HttpServer();
    private final NetworkListener listener = new NetworkListener("plain", "127.0.0.1", 0);
    private final LoopbackTyrus container;

    PlainTyrus(HubEndpoint endpoint, String contextPath) throws Exception {
        container = new LoopbackTyrus(contextPath);
        endpoint.addTo(container);
        listener.getTransport().setIOStrategy(WorkerThreadIOStrategy.getInstance());
        listener.getKeepAlive().setIdleTimeoutInSeconds(-1);
        listener.registerAddOn(tyrusAddOn(contextPath));
        server.addListener(listener);
        container.start(contextPath, 0);
        server.start();
    }

    /** By reflection: in Tyrus 2.1 the constructor is not public. */
    private AddOn tyrusAddOn(String contextPath) throws Exception {
        Constructor<?> constructor = WebSocketAddOn.class.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return (AddOn) constructor.newInstance(container, contextPath);
    }

    int port() {
        return listener.getPort();
    }

    RawHandshake peer() {
        return RawPeer.to(port());
    }

    @Override
    public void close() {
        server.shutdownNow();
        container.stop();
    }
}
