// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.Connection.SendCallback;
import io.hubwire.spi.Frame;

/** A send in flight on a fake connection, which guards it. */
final class Sending {
    final Frame frame;
    final SendCallback done;

    /** Whether the socket's buffer has the frame, or the send has failed: whoever waits for it is told, if not yet, then soon. */
    boolean isDecided;

    Sending(Frame frame, SendCallback done) {
        this.frame = frame;
        this.done = done;
    }
}
