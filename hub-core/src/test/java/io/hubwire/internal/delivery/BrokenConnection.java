// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.delivery;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;

/** A connection whose peer has gone already. */
final class BrokenConnection implements Connection {
    @Override
    public void send(Frame frame, SendCallback done) {
        throw new IllegalStateException("broken pipe");
    }

    @Override
    public void ping() {
        throw new IllegalStateException("broken pipe");
    }

    @Override
    public void close(CloseReason reason) {}

    @Override
    public void abort() {}
}
