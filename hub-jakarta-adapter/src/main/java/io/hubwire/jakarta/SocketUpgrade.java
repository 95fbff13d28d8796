// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.servlet.ServletContext;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns an accepted handshake into a socket, on the container's thread. Thread-safe once the container is found. */
final class SocketUpgrade {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final QuietLog FAILED = new QuietLog(SocketUpgrade.class);

    private final String path;
    private volatile @Nullable ServerContainer container;

    SocketUpgrade(String path) {
        this.path = path;
    }

    /** Looks for the container's WebSocket part, which is there once the application's initializers have run. */
    void findContainer(ServletContext context) throws UnavailableException {
        Object found = context.getAttribute(ServerContainer.class.getName());
        if (!(found instanceof ServerContainer serverContainer)) {
            throw new UnavailableException("no " + ServerContainer.class.getName() + " in this web application, but "
                    + found + ": the container's WebSocket support is not installed (embedded Tomcat: add WsSci)");
        }
        container = serverContainer;
    }

    /** Upgrades, or gives the place back and says so with plain HTTP. */
    void perform(HandshakeResult.Accepted place, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        boolean isUpgraded = false;
        AcceptedConfigurator configurator = new AcceptedConfigurator(place);
        try {
            Objects.requireNonNull(container, "the servlet was not initialised")
                    .upgradeHttpToWebSocket(request, response, configFor(configurator), Map.of());
            isUpgraded = isUpgraded(response);
        } catch (Exception e) { // of all kinds: each container has its own way to say that the peer is gone
            FAILED.log(System.Logger.Level.WARNING, "the container failed to upgrade a handshake at '" + path + "'", e);
        } finally {
            if (!isUpgraded) {
                configurator.giveUp(); // a socket that opens all the same, as on Jetty, is closed
            }
        }
        if (!isUpgraded && !response.isCommitted()) {
            response.reset(); // the headers of an upgrade may be on it
            ServletReply.write(HttpRefusal.of(500, "upgrade failed"), response);
        }
    }

    private ServerEndpointConfig configFor(AcceptedConfigurator configurator) {
        return ServerEndpointConfig.Builder.create(HubSocket.class, path)
                .configurator(configurator)
                .build();
    }

    /** Undertow, for one, returns in silence when it does not upgrade. */
    private static boolean isUpgraded(HttpServletResponse response) {
        int status = response.getStatus();
        return status == SWITCHING_PROTOCOLS || (response.isCommitted() && status < 400);
    }
}
