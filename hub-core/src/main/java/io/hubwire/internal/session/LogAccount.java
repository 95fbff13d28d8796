// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;

/**
 * How much a session's log holds: of what was never written, which the outbox's policy limits, and of what was and is kept, which gets
 * no longer than the window. Not thread-safe.
 */
final class LogAccount {
    private final SessionContext context;
    private final ResumePolicy resume;
    private int freshMessages;
    private long freshBytes;
    private int keptMessages;
    private long keptBytes;

    /** Without a connection, and afterwards until the backlog is down to what may wait: the window's room may be used as well. */
    private boolean isRelaxed;

    LogAccount(SessionContext context, ResumePolicy resume) {
        this.context = context;
        this.resume = resume;
    }

    /** How many messages were never written. */
    int freshMessages() {
        return freshMessages;
    }

    /** What may wait for a connection that is lost is more. */
    void relax() {
        isRelaxed = true;
    }

    /** Takes a message that was never written, if there is room for it. */
    boolean tryEnter(Outgoing message, boolean isDetached) {
        boolean fits =
                isWithinLimits(message, isDetached) && context.outboxBudget().tryTake(message.bytes(), freshBytes);
        if (fits) {
            enterFresh(message);
        }
        return fits;
    }

    /** Takes a message that was never written, whatever the limits. */
    void enter(Outgoing message) {
        context.outboxBudget().overdraw(message.bytes());
        enterFresh(message);
    }

    private void enterFresh(Outgoing message) {
        freshMessages++;
        freshBytes += message.bytes();
    }

    private boolean isWithinLimits(Outgoing message, boolean isDetached) {
        OutboxPolicy outbox = context.outboxPolicy();
        if (isRelaxed && !isDetached && freshMessages <= outbox.messages() && freshBytes <= outbox.bytes()) {
            isRelaxed = false;
        }
        if (!isRelaxed) {
            return freshMessages < outbox.messages() && freshBytes + message.bytes() <= outbox.bytes();
        }
        return freshMessages + keptMessages < outbox.messages() + resume.messages()
                && freshBytes + keptBytes + message.bytes() <= outbox.bytes() + resume.bytes();
    }

    /** A message that was never written is gone, or is written now. */
    void leaveFresh(Outgoing message) {
        freshMessages--;
        freshBytes -= message.bytes();
        context.outboxBudget().give(message.bytes());
    }

    /** A message that was written is kept. */
    void keep(Outgoing message) {
        keptMessages++;
        keptBytes += message.bytes();
        if (!context.resumeBudget().tryTake(message.bytes(), keptBytes)) {
            context.resumeBudget().overdraw(message.bytes());
            context.lifecycle().resumeBudgetIsFull();
        }
    }

    /** A message that was kept is gone. */
    void leaveKept(Outgoing message) {
        keptMessages--;
        keptBytes -= message.bytes();
        context.resumeBudget().give(message.bytes());
    }

    /** Whether more is kept than the window allows. */
    boolean isOverWindow() {
        return keptMessages > resume.messages() || keptBytes > resume.bytes();
    }
}
