// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.EventType;
import io.hubwire.protocol.Names;
import io.hubwire.spi.Frame;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way out, shared by all its recipients.
 *
 * @param event for observers
 * @param frame encoded once
 * @param delivery how it waits
 * @param key what an older message of the same kind is replaced by; null if it replaces none
 * @param receipt told what becomes of it, once for each recipient that accepted it
 */
public record Outgoing(
        String event,
        Frame frame,
        EventType.Delivery delivery,
        @Nullable Object key,
        Receipt receipt) {
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

    /** A message that replaces none. */
    public Outgoing(String event, Frame frame, EventType.Delivery delivery, Receipt receipt) {
        this(event, frame, delivery, null, receipt);
    }

    /** Whether it has a number in a session that resumes: neither the protocol's own nor one that the next replaces. */
    boolean isCounted() {
        return delivery == EventType.Delivery.COUNTED && !Names.isReserved(event);
    }

    /** The length on the wire. */
    int bytes() {
        return frame.utf8Length();
    }
}
