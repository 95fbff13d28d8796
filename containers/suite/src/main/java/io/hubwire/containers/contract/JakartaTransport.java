// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.contract;

import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.ClientHandshake;
import io.hubwire.testkit.contract.Peer;
import io.hubwire.testkit.contract.RawPeer;
import io.hubwire.testkit.contract.TransportUnderTest;
import java.io.IOException;
import java.util.Map;

/** The Jakarta adapter on the container of the class path. */
final class JakartaTransport implements TransportUnderTest {
    @Override
    public String name() {
        return Server.STARTER.name() + " " + Server.STARTER.version();
    }

    @Override
    public Running start(Hub hub) {
        Server server = Server.of(hub);
        return new Running() {
            @Override
            public Peer connect(ClientHandshake handshake) throws IOException {
                return RawPeer.connect(server.port(), handshake);
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    @Override
    public Map<String, String> knownGaps() {
        return ContractGaps.of(Server.STARTER.name());
    }
}
