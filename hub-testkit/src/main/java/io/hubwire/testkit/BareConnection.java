// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A handshake that leads to a connection, and to no client of the kit. For one thread, except what the transport says. */
final class BareConnection implements ClientTransport.Answer {
    private final TestHub hub;
    private final ClientLink.Receiver receiver;
    private volatile @Nullable ClientLink link;
    private volatile @Nullable String failure;

    BareConnection(TestHub hub, ClientLink.Receiver receiver) {
        this.hub = hub;
        this.receiver = receiver;
    }

    ClientLink open(ConnectRequest request) {
        try {
            hub.transport().connect(request, this);
        } catch (IOException e) {
            throw new UncheckedIOException(request.name() + " could not connect", e);
        }
        var unused = hub.pace().settleUntil(() -> link != null || failure != null);
        ClientLink opened = link;
        if (opened == null) {
            throw new AssertionError(request.name() + " should be connected: "
                    + Optional.ofNullable(failure).orElse("nothing was decided"));
        }
        return opened;
    }

    @Override
    public boolean isAwaited() {
        return true;
    }

    /** Nobody tells sessions of such a connection apart. */
    @Override
    public void opening() {}

    @Override
    public ClientLink.Receiver accepted(ClientLink opened) {
        link = opened;
        return receiver;
    }

    @Override
    public void refused(int status, String text, Optional<Duration> retryAfter) {
        failure = "it was refused with " + status;
    }

    @Override
    public void failed(IOException reason) {
        failure = reason.toString();
    }
}
