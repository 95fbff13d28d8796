// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.jmh;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;

/** A socket whose network is infinitely fast. */
final class InstantConnection implements Connection {
    private volatile boolean hasSent;

    @Override
    public void send(Frame frame, SendCallback done) {
        done.completed(null);
        if (!hasSent) {
            hasSent = true;
        }
    }

    /** Whether anything was sent, and is over. */
    boolean hasSent() {
        return hasSent;
    }

    @Override
    public void ping() {}

    @Override
    public void close(CloseReason reason) {}

    @Override
    public void abort() {}
}
