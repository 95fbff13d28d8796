// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.client.SendOutcome;

/** How much may wait to be sent. Thread-safe: senders ask it on their own threads. */
final class QueueRoom {
    private final int mostMessages;
    private final int mostBytes;

    @GuardedBy("this")
    private int messages;

    @GuardedBy("this")
    private int bytes;

    @GuardedBy("this")
    private int mostMessageBytes = Integer.MAX_VALUE;

    @GuardedBy("this")
    private boolean isClosed;

    QueueRoom(int mostMessages, int mostBytes) {
        this.mostMessages = mostMessages;
        this.mostBytes = mostBytes;
    }

    synchronized SendOutcome reserve(OutgoingMessage message) {
        if (isClosed) {
            return SendOutcome.CLOSED;
        }
        if (isTooBig(message)) {
            return SendOutcome.TOO_BIG;
        }
        if (messages >= mostMessages || bytes + message.bytes() > mostBytes) {
            return SendOutcome.QUEUE_FULL;
        }
        messages++;
        bytes += message.bytes();
        message.holdRoom();
        return SendOutcome.ACCEPTED;
    }

    /** Whether the hub would not take it, as far as it has said. */
    synchronized boolean isTooBig(OutgoingMessage message) {
        return message.bytes() > mostMessageBytes;
    }

    synchronized void release(OutgoingMessage message) {
        if (message.releaseRoom()) {
            messages--;
            bytes -= message.bytes();
        }
    }

    /** What the hub says; nonsense is ignored. */
    synchronized void limitMessage(long most) {
        if (most > 0) {
            mostMessageBytes = (int) Math.min(Integer.MAX_VALUE, most);
        }
    }

    synchronized void close() {
        isClosed = true;
    }
}
