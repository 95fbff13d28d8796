// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;

/** What one client may send. Immutable: each call returns another one. Values out of range fail at the call. */
public final class InboundLimits {
    /** For a limit that is to be off: it must be spelled out. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final InboundLimits DEFAULTS = new InboundLimits(new Values());

    private final Values values;

    private InboundLimits(Values values) {
        this.values = values;
    }

    /**
     * 64 KiB and 1,024 fragments for a message, 50 events/s (burst 100), 256 KiB/s (burst 1 MiB), 10 malformed messages a
     * minute, 128 groups, 64 messages and 1 MiB waiting, 256 MiB waiting in the hub, 64 open questions, 30 s for a handler.
     */
    public static InboundLimits defaults() {
        return DEFAULTS;
    }

    /** The longest text message in bytes of UTF-8, whole or in fragments: 128 B–16 MiB, default 65,536. Beyond: close 1009. */
    public InboundLimits messageBytes(int bytes) {
        Settings.within("limits.messageBytes", bytes, 128, 16 << 20);
        return with(changed -> changed.messageBytes = bytes);
    }

    /** How many fragments a message may come in: 1–1,000,000, default 1,024. Beyond: close 1009. */
    public InboundLimits fragments(int count) {
        Settings.within("limits.fragments", count, 1, 1_000_000);
        return with(changed -> changed.fragments = count);
    }

    /**
     * How many messages a second, and how many at once after a pause. Beyond: error 1200. Refusals add up, and are forgotten as
     * fast as messages are let in; when more than the burst are remembered, close 4101. So a client that goes on at more than
     * twice its rate is closed.
     *
     * @param perSecond at least 1, or {@link #UNLIMITED}, default 50
     * @param burst at least 1, default 100
     */
    public InboundLimits eventsPerSecond(int perSecond, int burst) {
        requireRate("limits.eventsPerSecond", perSecond, burst);
        return with(changed -> {
            changed.eventsPerSecond = perSecond;
            changed.eventsBurst = burst;
        });
    }

    /**
     * How many bytes a second, and how many at once after a pause. Beyond: as with {@link #eventsPerSecond}.
     *
     * @param perSecond at least 1, or {@link #UNLIMITED}, default 256 KiB
     * @param burst at least 1, default 1 MiB
     */
    public InboundLimits bytesPerSecond(int perSecond, int burst) {
        requireRate("limits.bytesPerSecond", perSecond, burst);
        return with(changed -> {
            changed.bytesPerSecond = perSecond;
            changed.bytesBurst = burst;
        });
    }

    /** How many malformed messages within any minute are answered: 1–100,000, default 10. Beyond: close 4000. */
    public InboundLimits malformedPerMinute(int count) {
        Settings.within("limits.malformedPerMinute", count, 1, 100_000);
        return with(changed -> changed.malformedPerMinute = count);
    }

    /** How many groups a client may be in: 1–{@link #UNLIMITED}, default 128. Beyond: error 1202. */
    public InboundLimits groups(int count) {
        Settings.within("limits.groups", count, 1, UNLIMITED);
        return with(changed -> changed.groups = count);
    }

    /**
     * How much may wait for the client's handlers. Beyond: error 1201.
     *
     * @param messages 1–100,000, default 64
     * @param bytes at least 128, default 1 MiB
     */
    public InboundLimits mailbox(int messages, long bytes) {
        Settings.within("limits.mailbox.messages", messages, 1, 100_000);
        Settings.within("limits.mailbox.bytes", bytes, 128, 1L << 30);
        return with(changed -> {
            changed.mailboxMessages = messages;
            changed.mailboxBytes = bytes;
        });
    }

    /**
     * How many bytes may wait for handlers in the whole hub: 1 MiB–1 TiB, default 256 MiB. Beyond: error 1201, for clients of
     * which more waits than a fair share, the total divided by the clients that are connected; so in the worst case twice the
     * total waits for a moment.
     */
    public InboundLimits hubBytes(long bytes) {
        Settings.within("limits.hubBytes", bytes, 1L << 20, 1L << 40);
        return with(changed -> changed.hubBytes = bytes);
    }

    /**
     * How many questions to a client may be open, that is without an answer and within their time: 1–100,000, default 64. Beyond: the
     * question fails at once, and the client is not asked.
     */
    public InboundLimits openQuestions(int count) {
        Settings.within("limits.openQuestions", count, 1, 100_000);
        return with(changed -> changed.openQuestions = count);
    }

    /** How long a handler may take: default 30 s. Beyond: error 1401, and its thread is interrupted. */
    public InboundLimits handlerTime(Duration limit) {
        Settings.positive("limits.handlerTime", limit);
        return with(changed -> changed.handlerTime = limit);
    }

    /** The longest message in bytes. */
    public int messageBytes() {
        return values.messageBytes;
    }

    /** How many fragments a message may come in. */
    public int fragments() {
        return values.fragments;
    }

    /** How many messages a second. */
    public int eventsPerSecond() {
        return values.eventsPerSecond;
    }

    /** How many messages at once after a pause. */
    public int eventsBurst() {
        return values.eventsBurst;
    }

    /** How many bytes a second. */
    public int bytesPerSecond() {
        return values.bytesPerSecond;
    }

    /** How many bytes at once after a pause. */
    public int bytesBurst() {
        return values.bytesBurst;
    }

    /** How many malformed messages a minute are answered. */
    public int malformedPerMinute() {
        return values.malformedPerMinute;
    }

    /** How many groups a client may be in. */
    public int groups() {
        return values.groups;
    }

    /** How many messages may wait for a client's handlers. */
    public int mailboxMessages() {
        return values.mailboxMessages;
    }

    /** How many bytes may wait for a client's handlers. */
    public long mailboxBytes() {
        return values.mailboxBytes;
    }

    /** How many bytes may wait for handlers in the whole hub. */
    public long hubBytes() {
        return values.hubBytes;
    }

    /** How many questions to a client may be open. */
    public int openQuestions() {
        return values.openQuestions;
    }

    /** How long a handler may take. */
    public Duration handlerTime() {
        return values.handlerTime;
    }

    private static void requireRate(String setting, int perSecond, int burst) {
        Settings.within(setting, perSecond, 1, UNLIMITED);
        Settings.within(setting + ".burst", burst, 1, UNLIMITED);
    }

    private InboundLimits with(java.util.function.Consumer<Values> change) {
        Values changed = values.copy();
        change.accept(changed);
        return new InboundLimits(changed);
    }

    private static final class Values implements Cloneable {
        private int messageBytes = 65_536;
        private int fragments = 1024;
        private int eventsPerSecond = 50;
        private int eventsBurst = 100;
        private int bytesPerSecond = 256 << 10;
        private int bytesBurst = 1 << 20;
        private int malformedPerMinute = 10;
        private int groups = 128;
        private int mailboxMessages = 64;
        private long mailboxBytes = 1 << 20;
        private long hubBytes = 256L << 20;
        private int openQuestions = 64;
        private Duration handlerTime = Duration.ofSeconds(30);

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
