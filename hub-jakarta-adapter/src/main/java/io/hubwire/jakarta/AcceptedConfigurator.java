// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/** The handshake of one accepted request: hands its place to the socket. */
final class AcceptedConfigurator extends HubConfigurator {
    private final SocketTicket ticket;

    AcceptedConfigurator(HandshakeResult.Accepted place) {
        this.ticket = new SocketTicket(place);
    }

    /** No socket comes of it: the place is given back, unless a socket has opened after all. */
    void giveUp() {
        ticket.takeResult().ifPresent(HandshakeGate::giveUp);
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return ticket.subprotocol().orElse("");
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        ticket.putInto(config);
    }
}
