// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long and how much is kept for a client whose connection is lost, so that it can go on where it was, and when it is asked to come
 * back. Only clients of the {@code hubwire.v1} profile resume. Immutable: each call returns another one.
 */
public final class ResumePolicy {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final ResumePolicy DEFAULTS = new ResumePolicy(new Values());

    private final Values values;

    private ResumePolicy(Values values) {
        this.values = values;
    }

    /**
     * 2 minutes; 256 messages and 256 KiB that a client has not acknowledged; 64 MiB of these for the hub; clients are asked to wait
     * 500 ms to 20 s before they come back.
     */
    public static ResumePolicy defaults() {
        return DEFAULTS;
    }

    /** A session ends with its connection; clients are told so when they come back. */
    public static ResumePolicy disabled() {
        return DEFAULTS.with(changed -> changed.isEnabled = false);
    }

    /**
     * How long a session is kept from the moment when its connection is lost; default 2 minutes. The ids of its requests are remembered
     * for a minute longer, so that none is handled again for a client that has come back at the last moment.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ResumePolicy within(Duration limit) {
        Settings.positive("resume.within", limit);
        return with(changed -> changed.window = limit);
    }

    /**
     * How much is kept of what was written to a client and not acknowledged. Beyond it the oldest is forgotten, which ends no session:
     * a client that then asks for it is told that there is a gap. While the connection is lost, what may wait in the outbox is kept as
     * well.
     *
     * @param count 1–1,000,000, default 256
     * @param size 1 KiB–1 GiB of UTF-8, default 256 KiB
     * @throws IllegalArgumentException if either is out of range
     */
    public ResumePolicy atMost(int count, long size) {
        Settings.within("resume.messages", count, 1, 1_000_000);
        Settings.within("resume.bytes", size, OutboxPolicy.MIN_BYTES, 1L << 30);
        return with(changed -> {
            changed.messages = count;
            changed.bytes = size;
        });
    }

    /**
     * How much of it is kept for all clients together, with the answers that are kept for requests that may come again, for which there is
     * room of 256 KiB for each client. Beyond it, sessions that have been without a connection for longest are ended.
     *
     * @param total 1 MiB–1 TiB, default 64 MiB
     * @throws IllegalArgumentException if it is out of range
     */
    public ResumePolicy hubBytes(long total) {
        Settings.within("resume.hubBytes", total, 1L << 20, 1L << 40);
        return with(changed -> changed.hubBytes = total);
    }

    /**
     * How long a client is asked to wait before it comes back: at most {@code least} at first, twice as long after each attempt that
     * fails, and never more than {@code most}. This is advice in the answer to a client's hello, also where sessions are not kept; the
     * clients of this library follow it and choose each wait at random within it, where the reason for which they were closed does not
     * ask for another. A longer {@code most} spreads the return of many clients.
     *
     * @param least 1 ms–1 hour, default 500 ms
     * @param most {@code least}–1 hour, default 20 s
     * @throws IllegalArgumentException if either is out of range
     */
    public ResumePolicy reconnectAfter(Duration least, Duration most) {
        if (least.compareTo(SHORTEST_WAIT) < 0 || least.compareTo(LONGEST_WAIT) > 0) {
            throw Settings.outOfRange("resume.reconnectAfter.least", least, "1 ms to 1 hour");
        }
        if (most.compareTo(least) < 0 || most.compareTo(LONGEST_WAIT) > 0) {
            throw Settings.outOfRange("resume.reconnectAfter.most", most, "the least (" + least + ") to 1 hour");
        }
        return with(changed -> {
            changed.leastWait = least;
            changed.mostWait = most;
        });
    }

    /** Whether sessions outlive their connections at all. */
    public boolean isEnabled() {
        return values.isEnabled;
    }

    /** How long a session is kept without a connection. */
    public Duration window() {
        return values.window;
    }

    /** How many unacknowledged messages are kept for a client. */
    public int messages() {
        return values.messages;
    }

    /** How many bytes of unacknowledged messages are kept for a client. */
    public long bytes() {
        return values.bytes;
    }

    /** How many bytes of unacknowledged messages are kept for all clients together. */
    public long hubBytes() {
        return values.hubBytes;
    }

    /** How long a client is asked to wait at most before its first attempt to come back. */
    public Duration leastWait() {
        return values.leastWait;
    }

    /** How long a client is asked to wait at most before any attempt to come back. */
    public Duration mostWait() {
        return values.mostWait;
    }

    private ResumePolicy with(Consumer<Values> change) {
        Values changed = values.copy();
        change.accept(changed);
        return new ResumePolicy(changed);
    }

    private static final class Values implements Cloneable {
        private boolean isEnabled = true;
        private Duration window = Duration.ofMinutes(2);
        private int messages = 256;
        private long bytes = 256 << 10;
        private long hubBytes = 64L << 20;
        private Duration leastWait = Duration.ofMillis(500);
        private Duration mostWait = Duration.ofSeconds(20);

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
