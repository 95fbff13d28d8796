// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Optional;

/**
 * The handshakes of one path on a container without servlets. Thread-safe.
 *
 * <p>What a {@link JudgedHandshake} before the container has decided is taken over; without one, the hub is asked here.
 */
final class StandaloneConfigurator extends HubConfigurator {
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    private final HandshakeGate gate;
    private final BriefWait wait = new BriefWait();

    StandaloneConfigurator(HandshakeGate gate) {
        this.gate = gate;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Optional<SocketTicket> judged = JudgedHandshake.ticketFor(gate);
        SocketTicket ticket = judged.isPresent() ? judged.get() : ask(request, response);
        // not by getNegotiatedSubprotocol, which comes before the hub is asked
        ticket.subprotocol().ifPresent(name -> response.getHeaders().put(SUBPROTOCOL, List.of(name)));
        ticket.putInto(config);
    }

    private SocketTicket ask(HandshakeRequest request, HandshakeResponse response) {
        HandshakeResult result = wait.on(gate.judge(new PlainUpgradeRequest(request, gate.path())));
        if (result instanceof HandshakeResult.Refused refused) {
            TyrusRefusal.throwIfPossible(refused, response);
        }
        return new SocketTicket(result);
    }
}
