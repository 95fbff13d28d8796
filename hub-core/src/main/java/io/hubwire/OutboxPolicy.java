// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;
import java.util.Objects;

/** How much may wait for one client, for how long, and what happens beyond. Immutable: each call returns another one. */
public final class OutboxPolicy {
    /** The smallest limit in bytes. */
    public static final long MIN_BYTES = 1024;

    private static final OutboxPolicy DEFAULTS = new OutboxPolicy(
            256, 1 << 20, 256L << 20, Overflow.DISCONNECT, Duration.ofSeconds(10), Duration.ofSeconds(2));

    private final int messages;
    private final long bytes;
    private final long hubBytes;
    private final Overflow overflow;
    private final Duration sendTimeout;
    private final Duration closeGrace;

    private OutboxPolicy(
            int messages, long bytes, long hubBytes, Overflow overflow, Duration sendTimeout, Duration closeGrace) {
        this.messages = messages;
        this.bytes = bytes;
        this.hubBytes = hubBytes;
        this.overflow = overflow;
        this.sendTimeout = sendTimeout;
        this.closeGrace = closeGrace;
    }

    /** 256 messages and 1 MiB for a client, 256 MiB for the hub, disconnect on overflow, 10 s for a send, 2 s for a close. */
    public static OutboxPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * How much may wait for one client, the frame in flight not counted; whichever limit is reached first counts.
     *
     * @param messages 1–1,000,000, default 256
     * @param bytes 1 KiB–1 GiB of UTF-8, default 1 MiB
     * @throws IllegalArgumentException if either is out of range
     */
    public static OutboxPolicy atMost(int messages, long bytes) {
        return new OutboxPolicy(
                Settings.within("outbox.messages", messages, 1, 1_000_000),
                Settings.within("outbox.bytes", bytes, MIN_BYTES, 1L << 30),
                DEFAULTS.hubBytes,
                DEFAULTS.overflow,
                DEFAULTS.sendTimeout,
                DEFAULTS.closeGrace);
    }

    /**
     * How much may wait for all clients together; beyond it, a message that cannot be written at once overflows.
     *
     * <p>Only for a client for which more waits than a fair share, the total divided by the clients that are connected: so
     * some who do not read cannot take it from the others. In the worst case twice the total waits for a moment.
     *
     * @param total 1 MiB–1 TiB, default 256 MiB; a message to many counts for each
     * @throws IllegalArgumentException if it is out of range
     */
    public OutboxPolicy hubBytes(long total) {
        Settings.within("outbox.hubBytes", total, 1L << 20, 1L << 40);
        return new OutboxPolicy(messages, bytes, total, overflow, sendTimeout, closeGrace);
    }

    /** What happens to a message that does not fit; default {@link Overflow#DISCONNECT}. */
    public OutboxPolicy onOverflow(Overflow choice) {
        Objects.requireNonNull(choice, "choice");
        return new OutboxPolicy(messages, bytes, hubBytes, choice, sendTimeout, closeGrace);
    }

    /**
     * How long one frame may be in flight: then the session ends with 4104; default 10 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public OutboxPolicy sendTimeout(Duration limit) {
        Settings.positive("outbox.sendTimeout", limit);
        return new OutboxPolicy(messages, bytes, hubBytes, overflow, limit, closeGrace);
    }

    /**
     * How long a session that ends may take to write what waits, and then to say goodbye, before its connection is cut;
     * default 2 s for each. A session that ends because its client does not read, or breaks the rules, writes nothing more and
     * has half of that to say goodbye.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public OutboxPolicy closeGrace(Duration limit) {
        Settings.positive("outbox.closeGrace", limit);
        return new OutboxPolicy(messages, bytes, hubBytes, overflow, sendTimeout, limit);
    }

    /** How many messages may wait for a client. */
    public int messages() {
        return messages;
    }

    /** How many bytes may wait for a client. */
    public long bytes() {
        return bytes;
    }

    /** How many bytes may wait for all clients together. */
    public long hubBytes() {
        return hubBytes;
    }

    /** What happens to a message that does not fit. */
    public Overflow overflow() {
        return overflow;
    }

    /** How long one frame may be in flight. */
    public Duration sendTimeout() {
        return sendTimeout;
    }

    /** How long the end of a session may take. */
    public Duration closeGrace() {
        return closeGrace;
    }
}
