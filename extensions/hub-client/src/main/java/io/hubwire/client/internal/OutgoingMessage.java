// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** One message of the application on its way out. */
class OutgoingMessage {
    private static final Logger LOG = System.getLogger(OutgoingMessage.class.getName());

    private final String text;
    private final int bytes;
    private boolean holdsRoom;

    OutgoingMessage(String text) {
        this.text = text;
        this.bytes = text.getBytes(StandardCharsets.UTF_8).length;
    }

    final String text() {
        return text;
    }

    final int bytes() {
        return bytes;
    }

    /** It counts against the queue's limits; before it is given to the lane. */
    final void holdRoom() {
        holdsRoom = true;
    }

    /** Whether it did until now. */
    final boolean releaseRoom() {
        boolean held = holdsRoom;
        holdsRoom = false;
        return held;
    }

    /** It is given to a connection now. From the lane. */
    void leaves() {}

    /** It waited, and the hub turned out not to take a message of this size. From the lane. */
    void refuse() {
        LOG.log(Level.WARNING, "a message of {0} bytes was not sent: it is larger than the hub takes", bytes);
    }
}
