// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake hands to the socket that it becomes: a place in the hub, or why there is none, and how to cut the
 * socket if that is known. Thread-safe; good for one socket.
 *
 * <p>It travels in the user properties, and is put there while the handshake is modified: the one way that all
 * containers keep.
 */
final class SocketTicket {
    private static final String PROPERTY = SocketTicket.class.getName();

    private final AtomicReference<@Nullable HandshakeResult> result;
    private final Optional<AbortWay> abortWay;
    private volatile boolean isHandedOver;

    SocketTicket(HandshakeResult result) {
        this(result, Optional.empty());
    }

    SocketTicket(HandshakeResult result, Optional<AbortWay> abortWay) {
        this.result = new AtomicReference<>(result);
        this.abortWay = abortWay;
    }

    void putInto(ServerEndpointConfig config) {
        isHandedOver = true;
        config.getUserProperties().put(PROPERTY, this);
    }

    /** What the answer to the handshake names, as long as the socket has not opened. */
    Optional<String> subprotocol() {
        return result.get() instanceof HandshakeResult.Accepted place ? place.subprotocol() : Optional.empty();
    }

    /** Whether the container has it, and so is about to open the socket. */
    boolean isHandedOver() {
        return isHandedOver;
    }

    /** The ticket of a socket that opens. */
    static Optional<SocketTicket> of(Session session, EndpointConfig config) {
        return removeFrom(session.getUserProperties()).or(() -> removeFrom(config.getUserProperties()));
    }

    private static Optional<SocketTicket> removeFrom(Map<String, Object> properties) {
        return properties.remove(PROPERTY) instanceof SocketTicket ticket ? Optional.of(ticket) : Optional.empty();
    }

    /**
     * What became of the handshake, once. Emptied, since containers copy the user properties and keep them as long as
     * the session.
     */
    Optional<HandshakeResult> takeResult() {
        return Optional.ofNullable(result.getAndSet(null));
    }

    /** The way to cut this socket, if the handshake found one. */
    Optional<AbortWay> abortWay() {
        return abortWay;
    }
}
