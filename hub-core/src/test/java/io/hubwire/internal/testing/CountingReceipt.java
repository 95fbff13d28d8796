// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.internal.session.Outgoing;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what it is told. Thread-safe. */
public final class CountingReceipt implements Outgoing.Receipt {
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    @Override
    public void onWritten() {
        written.incrementAndGet();
    }

    @Override
    public void onLost() {
        lost.incrementAndGet();
    }

    /** How often a message was handed to the network. */
    public int written() {
        return written.get();
    }

    /** How often a message was dropped. */
    public int lost() {
        return lost.get();
    }
}
