// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.protocol.QuestionFailedException.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The questions to one client that are open, by their ids. Thread-safe; questions end outside the lock. */
final class PendingAsks {
    @GuardedBy("this")
    private final Map<String, PendingAsk> open = new HashMap<>();

    @GuardedBy("this")
    private long lastNumber;

    /** One more with an id of its own; null if {@code most} are open. */
    synchronized @Nullable PendingAsk open(CompletableFuture<Reply> reply, int most) {
        if (open.size() >= most) {
            return null;
        }
        PendingAsk ask = new PendingAsk(this, "s-" + ++lastNumber, reply);
        open.put(ask.id(), ask);
        return ask;
    }

    /** Ends the question with this id; without effect if none is open. */
    void end(String id, Reply reply) {
        PendingAsk ask;
        synchronized (this) {
            ask = open.get(id);
        }
        if (ask != null) {
            ask.end(reply);
        }
    }

    synchronized void remove(String id) {
        open.remove(id);
    }

    /** The session is over, and its outbox takes no question any more. */
    void endAll() {
        List<PendingAsk> all;
        synchronized (this) {
            all = List.copyOf(open.values());
        }
        all.forEach(ask -> ask.end(Reply.none(Reason.SESSION_OVER, "the session ended while it was open")));
    }
}
