// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.runtime.CoarseTimer;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.MemoryBudget;
import io.hubwire.internal.session.Resumption;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.session.SessionRef;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Work;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The sessions without a connection, until they are claimed, their time is over, or they take more memory than there is: then those go
 * that have been away for longest. Thread-safe.
 */
public final class SessionKeeper {
    private static final String EXPIRED = "expired";
    private static final String EVICTED = "evicted";
    private static final int MOST_REMEMBERED = 4096;

    /** One absence of one session, which may be gone long before its time would be over. */
    private record Absence(SessionRef ref, CloseReason why) {}

    private final HubRuntime runtime;
    private final ResumePolicy policy;
    private final MemoryBudget budget;
    private final CoarseTimer<Absence> timer;
    private final CoarseTimer<MemoryBudget> evictions;
    private final AtomicBoolean isEvicting = new AtomicBoolean();
    private final LapsedSessions lapsed = new LapsedSessions(MOST_REMEMBERED);

    /** In the order in which they lost their connections. */
    @GuardedBy("this")
    private final Map<ClientSession, Absence> kept = new LinkedHashMap<>();

    /** {@code budget} is what all sessions keep for their clients. */
    public SessionKeeper(HubRuntime runtime, ResumePolicy policy, MemoryBudget budget) {
        this.runtime = runtime;
        this.policy = policy;
        this.budget = budget;
        this.timer = new CoarseTimer<>(runtime, "resume window", (absence, late) -> end(absence, EXPIRED));
        this.evictions = new CoarseTimer<>(runtime, "resume budget", (full, late) -> beginEviction());
    }

    /**
     * The session has lost its connection for this reason, and nobody can claim it during this call; returns whether it is kept, and not
     * ended meanwhile.
     */
    public boolean keep(ClientSession session, CloseReason why) {
        Absence absence = new Absence(session.ref(), why);
        synchronized (this) {
            kept.put(session, absence);
        }
        if (!session.isConnected() && forget(session)) {
            return false;
        }
        timer.add(absence, runtime.nanoTime() + policy.window().toNanos());
        return true;
    }

    /** The session has a connection again and nobody can claim it or end its absence during this call, or it has ended; returns whether it was kept. */
    public synchronized boolean forget(ClientSession session) {
        return kept.remove(session) != null;
    }

    /** Whether it has no connection. */
    public synchronized boolean isKept(ClientSession session) {
        return kept.containsKey(session);
    }

    /** What a client is told that comes back to a session which is not kept any more; empty if nothing is known of it. */
    public Optional<String> whyLapsed(String client, String secret) {
        return lapsed.reason(client, secret);
    }

    /** Makes room, within a tick of the timer, and goes on until there is. Runs nothing on this thread, so that locks may be held. */
    public void evictSoon() {
        if (isEvicting.compareAndSet(false, true)) {
            tryOrForget(() -> evictions.add(budget, runtime.nanoTime()));
        }
    }

    private void beginEviction() {
        tryOrForget(() -> runtime.execute(Work.CONTROL, "resume budget", this::evict));
    }

    private void tryOrForget(Runnable step) {
        try {
            step.run();
        } catch (RejectedExecutionException closed) { // every session ends
            isEvicting.set(false);
        }
    }

    /** Ends all watching. */
    public void close() {
        timer.close();
        evictions.close();
    }

    private void evict() {
        try {
            for (Absence oldest = oldest(); isOverBudget() && oldest != null; oldest = oldest()) {
                end(oldest, EVICTED);
            }
        } finally {
            isEvicting.set(false);
        }
        if (isOverBudget()) { // those who are here hold it: whoever goes away now may have to go for good
            evictSoon();
        }
    }

    private boolean isOverBudget() {
        return budget.used() > policy.hubBytes();
    }

    private synchronized @Nullable Absence oldest() {
        Iterator<Absence> absences = kept.values().iterator();
        return absences.hasNext() ? absences.next() : null;
    }

    /** Ends a session, unless it has come back meanwhile: then it is not kept any more. */
    private void end(Absence absence, String reason) {
        ClientSession session = absence.ref().session();
        if (session == null) {
            return;
        }
        Resumption resumption = Objects.requireNonNull(session.resumption());
        boolean hasLapsed = resumption.revokeIf(() -> isOn(session, absence));
        if (hasLapsed) {
            lapsed.add(session.id(), resumption.digests(), reason); // before its end, so that who comes now is told
            session.end(absence.why(), Ending.GONE);
            forget(session);
        }
    }

    @SuppressWarnings("ReferenceEquality") // it may have come back and gone again meanwhile
    private synchronized boolean isOn(ClientSession session, Absence absence) {
        return kept.get(session) == absence;
    }
}
