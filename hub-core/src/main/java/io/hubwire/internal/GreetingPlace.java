// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import java.util.Optional;

/** A place kept for a connection whose client greets: it is opened, or given back, once. Thread-safe. */
final class GreetingPlace implements HandshakeResult.Accepted {
    /** The profile's name in a WebSocket handshake. */
    static final String SUBPROTOCOL = "hubwire.v1";

    private final Places places;
    private final SessionOpener opener;
    private final Reception reception;
    private final Handshake handshake;

    @GuardedBy("this")
    private boolean isSpent;

    GreetingPlace(Places places, SessionOpener opener, Reception reception, Handshake handshake) {
        this.places = places;
        this.opener = opener;
        this.reception = reception;
        this.handshake = handshake;
    }

    @Override
    public Optional<String> subprotocol() {
        return Optional.of(SUBPROTOCOL);
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return isFirst() ? reception.receive(connection, handshake) : opener.refuse(connection);
    }

    @Override
    public void release() {
        if (isFirst()) {
            places.giveBack();
        }
    }

    private synchronized boolean isFirst() {
        boolean isFirst = !isSpent;
        isSpent = true;
        return isFirst;
    }
}
