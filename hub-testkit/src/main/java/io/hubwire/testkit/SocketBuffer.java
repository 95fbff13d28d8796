// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.CloseReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What the network has taken from the hub and the client has not read: frames in order, each with the time from which
 * it can be read, bounded in bytes. Its owner guards it.
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

    private record Entry(Chunk chunk, long dueNanos) {}

    private final int capacity;
    private final Deque<Entry> chunks = new ArrayDeque<>();
    private long bytes;

    SocketBuffer(int capacity) {
        this.capacity = capacity;
    }

    /** Whether a frame fits; one that is larger than the whole buffer gets through only while the client reads. */
    boolean hasRoomFor(int frameBytes, boolean isClientReading) {
        return bytes + frameBytes <= capacity || (isClientReading && bytes == 0);
    }

    /** Takes a chunk that can be read at a time; never before the one in front of it. */
    void add(Chunk chunk, long dueNanos) {
        long due = chunks.isEmpty()
                ? dueNanos
                : Math.max(dueNanos, chunks.getLast().dueNanos());
        chunks.add(new Entry(chunk, due));
        bytes += size(chunk);
    }

    /** How long it takes until the first chunk can be read; there is one. */
    long nanosUntilFirst(long nowNanos) {
        return Math.max(0, chunks.getFirst().dueNanos() - nowNanos);
    }

    /** The first chunk that can be read now. */
    Optional<Chunk> take(long nowNanos) {
        if (chunks.isEmpty() || nanosUntilFirst(nowNanos) > 0) {
            return Optional.empty();
        }
        Chunk first = chunks.removeFirst().chunk();
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
