// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.jspecify.annotations.Nullable;

/**
 * The line to one connection: who owns it, and what is on it.
 *
 * <p>Whoever finds it free owns it: a sender, a ping, the end. The owner goes on with what waits, or hands the line over to a writer,
 * and gives it up only when nothing waits. While the line waits for its writer to come, a ping may go first.
 *
 * <p>All of it is guarded by the lock of the outbox, which is a subclass so that a client pays for one object.
 */
abstract class OutboxLine {
    /** Where the ping is that somebody wants; there is one at most. */
    private enum Ping {
        NONE,
        /** A thread that may block was asked to come. */
        ASKED,
        /** It came while something was written: the owner of the line asks again. */
        DUE,
        IN_PROGRESS
    }

    private static final long NEVER = Long.MIN_VALUE;

    @GuardedBy("this")
    private boolean isOwned;

    /** A writer was asked to come. */
    @GuardedBy("this")
    private boolean isHandedOver;

    /** The message that is sent next, or is being sent. */
    @GuardedBy("this")
    private @Nullable Outgoing inFlight;

    /** The connection has the message and has not completed it. */
    @GuardedBy("this")
    private boolean isSending;

    /** The message was sent, and its sender is being told: nothing else goes first, so that each is told of once. */
    @GuardedBy("this")
    private boolean isTelling;

    /** The owner is inside {@code connection.send}: a completion must leave the going on to it. */
    @GuardedBy("this")
    private boolean isInsideSend;

    @GuardedBy("this")
    private Ping ping = Ping.NONE;

    /** When the send or ping in progress began. */
    @GuardedBy("this")
    private long operationSince;

    /** A watch will look at the operation in progress; at most one does. */
    @GuardedBy("this")
    private boolean isWatched;

    @GuardedBy("this")
    private long pingBegun = NEVER;

    @GuardedBy("this")
    private long pingMade = NEVER;

    /** When the send or ping in progress began, or {@link Long#MIN_VALUE} if there is none: then the watch is over. */
    public final synchronized long operationSinceOrUnwatch() {
        if (isInProgress()) {
            return operationSince;
        }
        isWatched = false;
        return NEVER;
    }

    /**
     * When the last ping was made, or {@link Long#MIN_VALUE} if none was that began after {@code heardNanos}. One that is being made
     * is not counted, however long that takes.
     */
    public final synchronized long pingMadeSince(long heardNanos) {
        return pingBegun > heardNanos && pingMade >= pingBegun ? pingMade : NEVER;
    }

    /** Something else than a ping of the protocol was sent as a ping. */
    public final synchronized void pinged(long nowNanos) {
        pingBegun = nowNanos;
        pingMade = nowNanos;
    }

    /** Returns whether it was free. */
    @GuardedBy("this")
    final boolean takeLine() {
        boolean wasFree = !isOwned;
        isOwned = true;
        return wasFree;
    }

    /** Nothing waits. */
    @GuardedBy("this")
    final void freeLine() {
        isOwned = false;
    }

    /** The owner lets a writer go on. */
    @GuardedBy("this")
    final void handLineOver() {
        isHandedOver = true;
    }

    /** The writer that was asked to come has come, or there is none; returns whether the line is the caller's. */
    @GuardedBy("this")
    final boolean takeLineOver() {
        isHandedOver = false;
        return ping != Ping.IN_PROGRESS;
    }

    @GuardedBy("this")
    final @Nullable Outgoing inFlight() {
        return inFlight;
    }

    /** The message is the next that is sent; nothing was in flight. */
    @GuardedBy("this")
    final void putInFlight(Outgoing message) {
        inFlight = message;
    }

    /** Nothing is in flight any more; returns what was. */
    @GuardedBy("this")
    final @Nullable Outgoing clearLine() {
        Outgoing unwritten = inFlight;
        inFlight = null;
        isSending = false;
        ping = Ping.NONE;
        return unwritten;
    }

    /** The owner is about to send; returns whether this message is still to be sent. */
    @GuardedBy("this")
    @SuppressWarnings("ReferenceEquality") // this very message is in flight
    final boolean beginSend(Outgoing message, long nowNanos) {
        if (inFlight != message) {
            return false;
        }
        isInsideSend = true;
        isSending = true;
        operationSince = nowNanos;
        return true;
    }

    /** The owner has returned from the connection; returns whether the send is over already. */
    @GuardedBy("this")
    final boolean leaveSend() {
        isInsideSend = false;
        return !isSending && !isTelling;
    }

    /** The send has completed; returns what was sent, or null if that is known, or nobody asks any more. */
    @GuardedBy("this")
    final @Nullable Outgoing takeSent() {
        if (!isSending) {
            return null;
        }
        Outgoing sent = inFlight;
        inFlight = null;
        isSending = false;
        isTelling = true;
        return sent;
    }

    /** Its sender was told; returns whether the line is the caller's, because its owner has left. */
    @GuardedBy("this")
    final boolean endSend() {
        isTelling = false;
        return !isInsideSend;
    }

    /** Somebody wants a ping; returns whether a thread has to be asked to come. */
    @GuardedBy("this")
    final boolean wantPing() {
        boolean isFirst = ping == Ping.NONE;
        if (isFirst) {
            ping = Ping.ASKED;
        }
        return isFirst;
    }

    /** Returns whether the thread for the ping came too early and has to be asked again, now that nothing is being written. */
    @GuardedBy("this")
    final boolean askAgain() {
        boolean isDue = ping == Ping.DUE;
        if (isDue) {
            ping = Ping.ASKED;
        }
        return isDue;
    }

    /** The thread for the ping has come; returns whether the line is its own. */
    @GuardedBy("this")
    final boolean beginPing(long nowNanos) {
        if (isOwned && !isHandedOver) {
            ping = Ping.DUE;
            return false;
        }
        isOwned = true;
        ping = Ping.IN_PROGRESS;
        operationSince = nowNanos;
        pingBegun = nowNanos;
        return true;
    }

    /** The ping was made; returns whether the line is still the caller's, and not a writer's who is to come. */
    @GuardedBy("this")
    final boolean endPing(long nowNanos) {
        ping = Ping.NONE;
        pingMade = nowNanos;
        return !isHandedOver;
    }

    /** Returns whether what has begun has to be watched from now on. */
    @GuardedBy("this")
    final boolean startWatch() {
        boolean mustWatch = isInProgress() && !isWatched;
        isWatched |= mustWatch;
        return mustWatch;
    }

    @GuardedBy("this")
    private boolean isInProgress() {
        return isSending || ping == Ping.IN_PROGRESS;
    }
}
