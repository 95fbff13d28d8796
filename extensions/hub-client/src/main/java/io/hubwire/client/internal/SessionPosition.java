// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import org.jspecify.annotations.Nullable;

/** The session as the client knows it: its secret, and the number of the last message that was applied. Used from the lane only. */
final class SessionPosition {
    /** What is to be done with a counted message. */
    enum Verdict {
        APPLY,
        /** It was applied before. */
        SEEN,
        /** Something before it is missing. */
        HOLE
    }

    private @Nullable String secret;
    private long last;

    /** What to claim the session with; null if there is none. */
    @Nullable
    String secret() {
        return secret;
    }

    long last() {
        return last;
    }

    void resumed(String newSecret) {
        secret = newSecret;
    }

    void began(String newSecret, long position) {
        secret = newSecret;
        last = position;
    }

    /** It cannot be resumed. */
    void forget() {
        secret = null;
        last = 0;
    }

    /** Moves on if the message is the next one. */
    Verdict take(long number) {
        if (number <= last) {
            return Verdict.SEEN;
        }
        if (number > last + 1) {
            return Verdict.HOLE;
        }
        last = number;
        return Verdict.APPLY;
    }

    /** Moves behind messages that will not come. */
    Verdict skip(long from, long to) {
        if (to <= last) {
            return Verdict.SEEN;
        }
        if (from > last + 1) {
            return Verdict.HOLE;
        }
        last = to;
        return Verdict.APPLY;
    }
}
