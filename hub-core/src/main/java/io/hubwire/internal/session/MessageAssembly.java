// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.InboundLimits;
import io.hubwire.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of a client's message until it is complete, within the limits and the hub's budget. Thread-safe, because the session
 * may end on another thread than the one that delivers.
 */
public final class MessageAssembly {
    private final InboundLimits limits;
    private final MemoryBudget budget;

    /** Null while no message has begun. */
    @GuardedBy("this")
    private @Nullable StringBuilder parts;

    @GuardedBy("this")
    private int bytes;

    @GuardedBy("this")
    private int count;

    @GuardedBy("this")
    private boolean isClosed;

    /** Without a message. */
    public MessageAssembly(InboundLimits limits, MemoryBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /** Whether no message has begun. */
    public synchronized boolean isEmpty() {
        return parts == null;
    }

    /** Adds a part; returns why the connection must end, null if it need not. */
    public synchronized @Nullable CloseReason add(String part, int partBytes) {
        if (isClosed) {
            return null;
        }
        count++;
        if (bytes + partBytes > limits.messageBytes() || count > limits.fragments()) {
            clear();
            return CloseReason.TOO_BIG;
        }
        if (!budget.tryTake(partBytes, bytes)) {
            clear();
            return CloseReason.OVERLOADED;
        }
        bytes += partBytes;
        parts = parts == null ? new StringBuilder(part) : parts.append(part);
        return null;
    }

    /** How long the message is so far. */
    public synchronized int bytes() {
        return bytes;
    }

    /** The whole message; the next one may begin. */
    public synchronized String take() {
        String message = parts == null ? "" : parts.toString();
        clear();
        return message;
    }

    /** The rest will not come: the connection over which it began is not the session's any more. */
    public synchronized void forget() {
        clear();
    }

    /** The session has ended: keeps nothing any more. */
    synchronized void close() {
        isClosed = true;
        clear();
    }

    @GuardedBy("this")
    private void clear() {
        budget.give(bytes);
        parts = null;
        bytes = 0;
        count = 0;
    }
}
