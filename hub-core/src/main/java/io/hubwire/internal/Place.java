// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HandshakeResult;
import java.util.Optional;

/** A place kept for a connection that was admitted: it is opened, or given back, once. Thread-safe. */
final class Place implements HandshakeResult.Accepted {
    private final Places places;
    private final SessionOpener opener;
    private final Admitted admitted;
    private final Optional<String> address;
    private final Optional<String> agent;

    @GuardedBy("this")
    private boolean isSpent;

    Place(Places places, SessionOpener opener, Admitted admitted, Optional<String> address, Optional<String> agent) {
        this.places = places;
        this.opener = opener;
        this.admitted = admitted;
        this.address = address;
        this.agent = agent;
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        if (!isFirst()) {
            return opener.refuse(connection);
        }
        ConnectionHandler handler = openOrGiveBack(connection);
        admitted.userId().ifPresent(places::openedOfUser);
        return handler;
    }

    private ConnectionHandler openOrGiveBack(Connection connection) {
        try {
            return opener.open(connection, admitted, address, agent);
        } catch (RuntimeException | Error failure) { // there is no session that would give it back
            giveBack();
            throw failure;
        }
    }

    @Override
    public void release() {
        if (isFirst()) {
            giveBack();
        }
    }

    private void giveBack() {
        places.giveBack();
        admitted.userId().ifPresent(places::giveBackOfUser);
    }

    private synchronized boolean isFirst() {
        boolean isFirst = !isSpent;
        isSpent = true;
        return isFirst;
    }
}
