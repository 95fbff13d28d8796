// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.CloseReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the network has taken from the hub and the client has not read: frames in order, bounded in bytes. Its owner
 * guards it.
 *
 * <p>Control frames are small, and go in behind whatever is there.
 */
final class SocketBuffer {
    /** Something on its way to the client. */
    sealed interface Chunk {}

    /** A text message. */
    record Text(String text, int bytes) implements Chunk {}

    /** A protocol ping. */
    record Ping() implements Chunk {}

    /** A close frame: the last. */
    record Close(CloseReason reason) implements Chunk {}

    private final int capacity;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private long bytes;

    SocketBuffer(int capacity) {
        this.capacity = capacity;
    }

    /** Whether a frame fits; one that is larger than the whole buffer gets through only while the client reads. */
    boolean hasRoomFor(int frameBytes, boolean isClientReading) {
        return bytes + frameBytes <= capacity || (isClientReading && bytes == 0);
    }

    void add(Chunk chunk) {
        chunks.add(chunk);
        bytes += size(chunk);
    }

    Optional<Chunk> take() {
        @Nullable Chunk first = chunks.poll();
        if (first == null) {
            return Optional.empty();
        }
        bytes -= size(first);
        return Optional.of(first);
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    void clear() {
        chunks.clear();
        bytes = 0;
    }

    private static int size(Chunk chunk) {
        return chunk instanceof Text text ? text.bytes() : 0;
    }
}
