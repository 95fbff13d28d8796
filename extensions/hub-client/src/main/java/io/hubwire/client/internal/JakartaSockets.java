// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Connections of a Jakarta WebSocket container.
 *
 * <p>Opening and closing block in that API, so they happen on threads of their own, a few for all clients. Thread-safe.
 */
public final class JakartaSockets implements SocketOpener {
    private static final int LOST = 1006;
    /** Without it Tyrus makes threads for each connection. */
    private static final String TYRUS_SHARED = "org.glassfish.tyrus.client.sharedContainer";
    /** How long a handshake may hold one of the few threads that make them. */
    private static final String TYRUS_TIMEOUT = "org.glassfish.tyrus.client.ClientManager.ContainerTimeout";

    private static final int TIMEOUT_MILLIS = 10_000;

    private final WebSocketContainer container;

    private JakartaSockets(WebSocketContainer container) {
        this.container = container;
    }

    /** With the container that the class path offers; one for all clients. */
    public static SocketOpener shared() {
        return Shared.SOCKETS;
    }

    /** With this container. */
    public static SocketOpener of(WebSocketContainer container) {
        return new JakartaSockets(container);
    }

    /** Made when it is first asked for. */
    private static final class Shared {
        static final SocketOpener SOCKETS = new JakartaSockets(sparingThreads(findContainer()));
    }

    /**
     * What the class path offers to clients that go on when an application ends: as an application, they would get from Undertow the
     * server's container, which ends with it. A server may have none but for applications.
     */
    public static WebSocketContainer findContainer() {
        try {
            return SharedRuntime.outsideApplications(ContainerProvider::getWebSocketContainer);
        } catch (RuntimeException none) {
            return ContainerProvider.getWebSocketContainer();
        }
    }

    /** Tyrus takes these settings in a map of its own class only, which is not on everybody's class path. */
    @SuppressWarnings("unchecked")
    private static WebSocketContainer sparingThreads(WebSocketContainer container) {
        try {
            Object properties = container.getClass().getMethod("getProperties").invoke(container);
            if (properties instanceof Map<?, ?> settings) {
                ((Map<String, Object>) settings).put(TYRUS_SHARED, true);
                ((Map<String, Object>) settings).put(TYRUS_TIMEOUT, TIMEOUT_MILLIS);
            }
        } catch (ReflectiveOperationException notTyrus) {
            // the others share anyway
        }
        return container;
    }

    @Override
    public void open(URI uri, SocketListener listener) {
        SharedRuntime.connecting().execute(() -> {
            if (!listener.isPointless()) { // it may have waited for a thread
                connect(uri, listener);
            }
        });
    }

    private void connect(URI uri, SocketListener listener) {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of(SUBPROTOCOL))
                .build();
        try {
            container.connectToServer(new HubEndpoint(listener), config, uri);
        } catch (DeploymentException | IOException | RuntimeException failure) {
            listener.closed(LOST, "no connection: " + whyOf(failure));
        }
    }

    /** What containers say first is that it failed; why, such as the status of a proxy or a certificate, is further down. */
    private static String whyOf(Throwable failure) {
        Throwable deepest = failure;
        for (int depth = 0; depth < 10 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    }

    private static final class HubEndpoint extends Endpoint {
        private final SocketListener listener;

        HubEndpoint(SocketListener listener) {
            this.listener = listener;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            JakartaSocket socket = new JakartaSocket(session);
            if (!SUBPROTOCOL.equals(session.getNegotiatedSubprotocol())) {
                listener.closed(LOST, "the hub does not speak " + SUBPROTOCOL);
                socket.close(CloseReason.CloseCodes.NORMAL_CLOSURE.getCode(), "");
                return;
            }
            session.setMaxIdleTimeout(0); // the heartbeat is ours
            session.addMessageHandler(String.class, new WholeText(listener, socket));
            listener.opened(socket);
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            listener.closed(reason.getCloseCode().getCode(), String.valueOf(reason.getReasonPhrase()));
        }

        @Override
        public void onError(Session session, Throwable failure) {
            listener.closed(LOST, String.valueOf(failure.getMessage()));
            new JakartaSocket(session).close(CloseReason.CloseCodes.GOING_AWAY.getCode(), "");
        }
    }

    /** Joins the parts itself: containers' own limits differ, and some are too low for a batch. */
    private static final class WholeText implements MessageHandler.Partial<String> {
        private static final int MOST_CHARACTERS = 16 << 20;

        private final SocketListener listener;
        private final JakartaSocket socket;
        private final StringBuilder parts = new StringBuilder();

        WholeText(SocketListener listener, JakartaSocket socket) {
            this.listener = listener;
            this.socket = socket;
        }

        @Override
        public void onMessage(String part, boolean isLast) {
            if (parts.length() + part.length() > MOST_CHARACTERS) {
                CloseReason.CloseCode tooBig = CloseReason.CloseCodes.TOO_BIG;
                socket.close(tooBig.getCode(), "message too big");
                listener.closed(tooBig.getCode(), "a message of the hub is too big");
            } else if (isLast && parts.length() == 0) {
                listener.text(part);
            } else {
                parts.append(part);
                takeWhole(isLast);
            }
        }

        private void takeWhole(boolean isLast) {
            if (isLast) {
                String whole = parts.toString();
                parts.setLength(0);
                listener.text(whole);
            }
        }
    }
}
