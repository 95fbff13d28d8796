// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.SendReport;
import io.hubwire.internal.runtime.AwaitedFuture;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counts one send: first, on the sender's thread, who took the message, then, on any thread, what became of it.
 *
 * <p>The counts of targets are final when the sender has closed the tally.
 */
public final class SendTally implements SendReport, Outgoing.Receipt {
    private final SessionContext context;
    private int targets;
    private int accepted;
    private @Nullable Map<Refusal, Integer> refused;

    /** One for the sender, and one for each recipient that took the message and is not done with it. */
    private final AtomicInteger pending = new AtomicInteger(1);

    private final AtomicInteger lost = new AtomicInteger();

    @GuardedBy("this")
    private @Nullable CompletableFuture<Outcome> outcome;

    /** A send that has reached nobody yet. */
    public SendTally(SessionContext context) {
        this.context = context;
    }

    /** Offers the message to one more recipient. */
    public void offer(ClientSession recipient, Outgoing message, boolean mayWrite) {
        targets++;
        pending.incrementAndGet();
        Refusal refusal = recipient.offer(message, mayWrite);
        if (refusal == null) {
            accepted++;
        } else {
            refuse(refusal);
            settle();
        }
    }

    /** The sender is done. */
    public SendReport closed() {
        settle();
        return this;
    }

    @Override
    public void onWritten() {
        settle();
    }

    @Override
    public void onLost() {
        lost.incrementAndGet();
        settle();
    }

    @Override
    public int targets() {
        return targets;
    }

    @Override
    public int accepted() {
        return accepted;
    }

    @Override
    public int refused(Refusal reason) {
        return refused == null ? 0 : refused.getOrDefault(reason, 0);
    }

    @Override
    public CompletionStage<Outcome> written() {
        CompletableFuture<Outcome> stage;
        synchronized (this) {
            if (outcome == null) {
                outcome = new CompletableFuture<>();
            }
            stage = outcome;
        }
        if (pending.get() == 0) {
            complete(stage);
        }
        return AwaitedFuture.copyOf(stage, context.runtime(), "SendReport.written()");
    }

    private void refuse(Refusal refusal) {
        if (refused == null) {
            refused = new EnumMap<>(Refusal.class);
        }
        refused.merge(refusal, 1, Integer::sum);
    }

    private void settle() {
        if (pending.decrementAndGet() > 0) {
            return;
        }
        CompletableFuture<Outcome> stage;
        synchronized (this) {
            stage = outcome;
        }
        if (stage != null) {
            context.completions().add(() -> complete(stage));
        }
    }

    private void complete(CompletableFuture<Outcome> stage) {
        stage.complete(new Outcome(accepted - lost.get(), lost.get()));
    }
}
