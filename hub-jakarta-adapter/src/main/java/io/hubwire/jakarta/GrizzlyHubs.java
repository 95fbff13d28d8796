// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.Hub;
import jakarta.websocket.server.ServerContainer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.TransportProbe;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;

/**
 * Hubs on Tyrus, where that runs on a Grizzly listener without servlets:
 * {@code listener.registerAddOn(GrizzlyHubs.on(container, "/").serve(endpoint))}.
 *
 * <p>A filter of Hubwire's stands before Tyrus's own on the listener. It asks the hub about each handshake without
 * holding a thread, refuses with the right status, headers and text, and closes that connection; it refuses frames
 * without a mask and breaks long frames into fragments, neither of which Tyrus does; and it can end a connection whose
 * peer does not read. Tyrus's own filter is added to the listener if {@code WebSocketAddOn} has not done so before.
 * Before the listener stops, the hubs are closed; better call {@link Hub#shutdown} first.
 *
 * <p>Thread-safe, but add hubs before the container starts.
 */
public final class GrizzlyHubs implements AddOn {
    private static final String TYRUS_FILTER = "org.glassfish.tyrus.container.grizzly.server.GrizzlyServerFilter";
    private static final String TYRUS_ADD_ON = "org.glassfish.tyrus.container.grizzly.server.WebSocketAddOn";

    private final ServerContainer container;
    private final String contextPath;
    private final List<HandshakeGate> gates = new CopyOnWriteArrayList<>();

    private GrizzlyHubs(ServerContainer container, String contextPath) {
        this.container = container;
        this.contextPath = contextPath;
    }

    /**
     * No hub yet.
     *
     * @param container Tyrus's own, a {@code TyrusServerContainer}
     * @param contextPath where the container's endpoints are on this listener, as Tyrus is told it: {@code /} for none
     * @throws IllegalArgumentException if the path does not begin with a slash
     */
    public static GrizzlyHubs on(ServerContainer container, String contextPath) {
        if (!contextPath.startsWith("/")) {
            throw new IllegalArgumentException(
                    "grizzly.contextPath is '" + contextPath + "', allowed is '/', or a path that begins with it");
        }
        String path = contextPath.endsWith("/") ? contextPath.substring(0, contextPath.length() - 1) : contextPath;
        return new GrizzlyHubs(Objects.requireNonNull(container, "container"), path);
    }

    /**
     * Starts a hub and serves it. Where paths of several overlap, the one that was added first decides.
     *
     * @return this
     * @throws IllegalStateException if the container does not take the endpoint
     */
    public GrizzlyHubs serve(HubEndpoint endpoint) {
        gates.add(endpoint.register(container));
        return this;
    }

    /**
     * Called by Grizzly when the listener starts.
     *
     * @throws IllegalStateException if Tyrus's own filter is neither there nor can be added
     */
    @Override
    public void setup(NetworkListener listener, FilterChainBuilder chain) {
        if (tyrusFilter(chain).isEmpty()) {
            addTyrus(listener, chain);
        }
        int index = tyrusFilter(chain)
                .orElseThrow(() -> new IllegalStateException("Tyrus's filter is not on the listener "
                        + listener.getName() + ": register Tyrus's WebSocketAddOn before this one"));
        chain.add(index, new GrizzlyGate(chain.get(index), contextPath, gates));
        listener.getTransport().getMonitoringConfig().addProbes(new Closing());
    }

    private static OptionalInt tyrusFilter(FilterChainBuilder chain) {
        int end = chain.indexOfType(HttpServerFilter.class);
        return IntStream.range(0, end)
                .filter(i -> chain.get(i).getClass().getName().equals(TYRUS_FILTER))
                .findFirst();
    }

    /** By reflection: in Tyrus 2.1 the constructor is not public. */
    private void addTyrus(NetworkListener listener, FilterChainBuilder chain) {
        try {
            Constructor<?> constructor = Class.forName(
                            TYRUS_ADD_ON, true, container.getClass().getClassLoader())
                    .getDeclaredConstructors()[0];
            constructor.setAccessible(true);
            Object made = constructor.newInstance(container, contextPath + "/");
            ((AddOn) made).setup(listener, chain);
        } catch (ClassNotFoundException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException
                | RuntimeException e) {
            throw new IllegalStateException("register Tyrus's WebSocketAddOn on the listener before this one", e);
        }
    }

    /** Grizzly cuts connections when it stops: this is told before. */
    private final class Closing extends TransportProbe.Adapter {
        @Override
        public void onBeforeStopEvent(Transport transport) {
            gates.forEach(gate -> gate.hub().close());
        }
    }
}
