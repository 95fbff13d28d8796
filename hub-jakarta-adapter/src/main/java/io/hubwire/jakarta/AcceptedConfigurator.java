// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of one accepted request: hands its place to the socket, and agrees to no extension, since compression
 * costs each connection more memory than everything else together.
 *
 * <p>The place travels in the user properties, and is put there by {@link #modifyHandshake}: the one way that all
 * containers keep.
 */
final class AcceptedConfigurator extends ServerEndpointConfig.Configurator {
    private static final String PROPERTY = AcceptedConfigurator.class.getName();

    private final AtomicReference<HandshakeResult.@Nullable Accepted> place;

    AcceptedConfigurator(HandshakeResult.Accepted place) {
        this.place = new AtomicReference<>(place);
    }

    /** The place that was kept for a socket, once. */
    static Optional<HandshakeResult.Accepted> takePlace(Session session, EndpointConfig config) {
        return takePlace(session.getUserProperties()).or(() -> takePlace(config.getUserProperties()));
    }

    private static Optional<HandshakeResult.Accepted> takePlace(Map<String, Object> properties) {
        // emptied, not only removed: containers copy these maps and keep them as long as the session
        return properties.remove(PROPERTY) instanceof AcceptedConfigurator configurator
                ? Optional.ofNullable(configurator.place.getAndSet(null))
                : Optional.empty();
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().put(PROPERTY, this);
    }

    @Override
    public <T> T getEndpointInstance(Class<T> endpointClass) {
        Endpoint socket = new HubSocket();
        return endpointClass.cast(socket);
    }

    /** True: {@link UpgradeRules} has judged the origin. */
    @Override
    public boolean checkOrigin(String originHeaderValue) {
        return true;
    }

    /** None: the classic profile has no name. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return "";
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }
}
