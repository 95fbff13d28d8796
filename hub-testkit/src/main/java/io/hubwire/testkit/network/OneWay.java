// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;

/** One direction of a connection: moves bytes, and counts them down to its cut. Under the proxy's lock. */
final class OneWay {
    private static final int BUFFER_BYTES = 16 << 10;

    private final SocketChannel source;
    private final SocketChannel sink;
    private final AtomicLong total;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

    /** Until the cut. */
    private long left;

    private boolean isStalled;
    private boolean hasEnded;
    private boolean hasPassedEnd;

    /** From here to there; {@code total} counts what was passed on. */
    OneWay(SocketChannel source, SocketChannel sink, long bytesUntilCut, AtomicLong total) {
        this.source = source;
        this.sink = sink;
        this.left = bytesUntilCut;
        this.total = total;
    }

    void stall(boolean stalled) {
        isStalled = stalled;
    }

    boolean wantsToRead() {
        return !isStalled && !hasEnded && !buffer.hasRemaining();
    }

    boolean wantsToWrite() {
        return !isStalled && buffer.hasRemaining();
    }

    /** Whether the other side was told that nothing more comes. */
    boolean hasPassedEnd() {
        return hasPassedEnd;
    }

    /** Whether so many bytes are through that the connection is to be cut. */
    boolean isAtCut() {
        return left == 0 && !buffer.hasRemaining();
    }

    /** Reads once if it may, and writes what it can. */
    void move() throws IOException {
        if (isStalled) {
            return;
        }
        if (wantsToRead() && left > 0) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), left));
            hasEnded = source.read(buffer) < 0;
            buffer.flip();
            left -= buffer.remaining();
        }
        if (buffer.hasRemaining()) {
            total.addAndGet(sink.write(buffer));
        }
        if (hasEnded && !hasPassedEnd && !buffer.hasRemaining()) {
            hasPassedEnd = true;
            sink.shutdownOutput();
        }
    }
}
