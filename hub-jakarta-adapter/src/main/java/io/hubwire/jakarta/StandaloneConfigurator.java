// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.Optional;

/**
 * The handshakes of one path on a container without servlets. Thread-safe.
 *
 * <p>What a {@link JudgedHandshake} before the container has decided is taken over; without one, the hub is asked here.
 */
final class StandaloneConfigurator extends HubConfigurator {
    private final HandshakeGate gate;
    private final BriefWait wait = new BriefWait();

    StandaloneConfigurator(HandshakeGate gate) {
        this.gate = gate;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Optional<SocketTicket> judged = JudgedHandshake.ticketFor(gate);
        if (judged.isPresent()) {
            judged.get().putInto(config);
            return;
        }
        HandshakeResult result = wait.on(gate.judge(new PlainUpgradeRequest(request, gate.path())));
        if (result instanceof HandshakeResult.Refused refused) {
            TyrusRefusal.throwIfPossible(refused, response);
        }
        new SocketTicket(result).putInto(config);
    }
}
