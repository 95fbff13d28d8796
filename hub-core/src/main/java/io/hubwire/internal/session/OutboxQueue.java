// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.SendReport.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an outbox has to write, in order. Not thread-safe: the outbox guards it. */
abstract class OutboxQueue {
    /** How many messages wait. */
    abstract int size();

    /** Nothing waits and nothing is in flight: what is to be written for this message at once. */
    abstract Outgoing pass(Outgoing message);

    /** Adds a message behind what is written and what waits, or says why not; those that made room for it go to {@code evicted}. */
    @Nullable
    abstract Refusal offer(Outgoing message, List<Outgoing> evicted);

    /** Takes what is to be written next, null if nothing waits. */
    @Nullable
    abstract Outgoing poll();

    /** The connection is lost, and what waits is for the next one; returns what is worth nothing to that. */
    List<Outgoing> detach() {
        throw new IllegalStateException("a classic session ends with its connection");
    }

    /** Whether everything behind this number is kept, and the number was ever sent. */
    boolean canResumeFrom(long number) {
        return false;
    }

    /** Goes on behind this number, from which it {@linkplain #canResumeFrom can}; returns what is known to be received only now. */
    List<Outgoing> resumeFrom(long number) {
        throw new IllegalStateException("a classic session ends with its connection");
    }

    /**
     * The client has received everything up to this number; false if nothing of that number was ever sent. What is known to be received
     * only now is added to {@code received}.
     */
    boolean acknowledge(long number, List<Outgoing> received) {
        return false;
    }

    /** Forgets everything; returns what was never written. */
    abstract List<Outgoing> clear();
}
