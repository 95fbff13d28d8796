// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.Admission;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HandshakeResult;
import java.util.Optional;

/** A place kept for a connection that was admitted: it is opened, or given back, once. Thread-safe. */
final class Place implements HandshakeResult.Accepted {
    private final Places places;
    private final SessionOpener opener;
    private final Admission admission;
    private final Optional<String> address;
    private final Optional<String> agent;

    @GuardedBy("this")
    private boolean isSpent;

    Place(Places places, SessionOpener opener, Admission admission, Optional<String> address, Optional<String> agent) {
        this.places = places;
        this.opener = opener;
        this.admission = admission;
        this.address = address;
        this.agent = agent;
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        if (!isFirst()) {
            return opener.refuse(connection);
        }
        ConnectionHandler handler = openOrGiveBack(connection);
        admission.user().ifPresent(user -> places.openedOfUser(user.id()));
        return handler;
    }

    private ConnectionHandler openOrGiveBack(Connection connection) {
        try {
            return opener.open(connection, admission, address, agent);
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
        admission.user().ifPresent(user -> places.giveBackOfUser(user.id()));
    }

    private synchronized boolean isFirst() {
        boolean isFirst = !isSpent;
        isSpent = true;
        return isFirst;
    }
}
