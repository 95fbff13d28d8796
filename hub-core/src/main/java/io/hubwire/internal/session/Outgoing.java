// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.EventType;
import io.hubwire.spi.Frame;

/**
 * One message on its way out, shared by all its recipients.
 *
 * @param event for observers
 * @param frame encoded once
 * @param delivery how it waits
 * @param receipt told what becomes of it, once for each recipient that accepted it
 */
public record Outgoing(String event, Frame frame, EventType.Delivery delivery, Receipt receipt) {
    /** Told what became of one message for one recipient. Must not block, and must not run user code. */
    public interface Receipt {
        /** Nobody asks. */
        Receipt NONE = new Receipt() {
            @Override
            public void onWritten() {}

            @Override
            public void onLost() {}
        };

        /** It was handed to the network. */
        void onWritten();

        /** It was dropped, or its session ended first. */
        void onLost();
    }

    /** The length on the wire. */
    int bytes() {
        return frame.utf8Length();
    }
}
