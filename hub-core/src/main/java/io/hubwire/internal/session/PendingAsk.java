// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.protocol.QuestionFailedException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One question to one client: ends once, by its answer, its time or its session's end, whichever is first. Thread-safe. */
public final class PendingAsk {
    private final PendingAsks asks;
    private final String id;

    /** Let go at the end, because a timer may hold this object for a while. */
    private final AtomicReference<@Nullable CompletableFuture<Reply>> reply;

    PendingAsk(PendingAsks asks, String id, CompletableFuture<Reply> reply) {
        this.asks = asks;
        this.id = id;
        this.reply = new AtomicReference<>(reply);
    }

    String id() {
        return id;
    }

    /** Whether it has not ended. */
    public boolean isOpen() {
        return reply.get() != null;
    }

    /** Its time is over, unless it ended before. */
    public void timeOut() {
        end(Reply.none(Reason.TIMEOUT, "no answer came in time"));
    }

    void end(Reply outcome) {
        CompletableFuture<Reply> waiting = reply.getAndSet(null);
        if (waiting != null) {
            asks.remove(id);
            waiting.complete(outcome);
        }
    }
}
