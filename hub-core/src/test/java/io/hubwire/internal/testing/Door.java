// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.Hub;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.spi.HandshakeResult.Accepted;
import io.hubwire.spi.HandshakeResult.Refused;
import java.util.Optional;

/** What an adapter does with a hub, in the shortest form. */
public final class Door {
    private Door() {}

    /** What the hub decides about a handshake, which it must do at once. */
    public static HandshakeResult knock(Hub hub, Handshake handshake) {
        return Optional.ofNullable(
                        hub.acceptor().admit(handshake).toCompletableFuture().getNow(null))
                .orElseThrow(() -> new AssertionError("the handshake is not decided yet"));
    }

    /** A place in the hub. */
    public static Accepted admitted(Hub hub, Handshake handshake) {
        HandshakeResult result = knock(hub, handshake);
        if (result instanceof Accepted place) {
            return place;
        }
        throw new AssertionError("the handshake was refused: " + result);
    }

    /** The HTTP status of a refusal. */
    public static int refused(Hub hub, Handshake handshake) {
        HandshakeResult result = knock(hub, handshake);
        if (result instanceof Refused refused) {
            return refused.status();
        }
        throw new AssertionError("the handshake was accepted");
    }

    /** An open connection; nothing of its callbacks has run. */
    public static ConnectionHandler open(Hub hub, Handshake handshake, Connection connection) {
        return admitted(hub, handshake).open(connection);
    }
}
