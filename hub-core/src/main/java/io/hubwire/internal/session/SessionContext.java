// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.EventType;
import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.directory.MembershipIndex;
import io.hubwire.spi.HubObserver;
import io.hubwire.spi.HubRuntime;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

/**
 * What all sessions of a hub share, so that each holds one reference to it.
 *
 * @param kickNotice what a client is sent before it is kicked
 */
public record SessionContext(
        HubRuntime runtime,
        HubObserver observer,
        Messages messages,
        OutboxPolicy outboxPolicy,
        InboundLimits limits,
        MemoryBudget outboxBudget,
        MemoryBudget resumeBudget,
        MemoryBudget mailboxBudget,
        Writers writers,
        Completions completions,
        Deadlines deadlines,
        MembershipIndex<ClientSession> groups,
        Lifecycle lifecycle,
        Optional<EventType<Void>> kickNotice) {

    /** Whether anybody observes, so that what only an observer needs is not made for nobody. */
    public boolean isObserved() {
        return observer != HubObserver.NONE;
    }

    /** Makes a call into a container soon; after the runtime was closed at once, so that no socket is left open. */
    public void control(String strand, Runnable call) {
        try {
            runtime.execute(HubRuntime.Work.CONTROL, strand, call);
        } catch (RejectedExecutionException closed) {
            call.run();
        }
    }

    /** Runs a task soon; after the runtime was closed it is dropped, because nothing is left that it could be for. */
    public void execute(HubRuntime.Work work, String strand, Runnable task) {
        try {
            runtime.execute(work, strand, task);
        } catch (RejectedExecutionException closed) {
            // the hub has shut down, and every session has been told
        }
    }
}
