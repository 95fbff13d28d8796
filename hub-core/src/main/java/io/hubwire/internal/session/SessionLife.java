// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.EventType;
import io.hubwire.internal.session.Outbox.Loss;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime.Work;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * How a session ends: once, for the first reason given, whoever gives it.
 *
 * <p>From then on it is in no directory and no group, its outbox takes no more, its lane runs the last callbacks, and its connection is
 * closed, or cut, within the close grace, twice at most. When lane and connection are both over, nothing of it is left. Thread-safe.
 */
public final class SessionLife {
    /** What becomes of a session's queues when it ends. */
    public enum Ending {
        /** What waits for the client is written, then the connection is closed; messages that wait for handlers are forgotten. */
        DRAINED,
        /** What waits either way is forgotten, and the connection is closed. */
        CUT,
        /** The connection is gone already; messages that wait for handlers are still handled. */
        GONE
    }

    /** No time at all. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final AtomicReferenceFieldUpdater<SessionLife, @Nullable CloseReason> REASON =
            AtomicReferenceFieldUpdater.newUpdater(SessionLife.class, CloseReason.class, "reason");

    private final ClientSession session;

    /** Null while it goes on. */
    private volatile @Nullable CloseReason reason;

    private volatile boolean isAnnounced;

    @GuardedBy("this")
    private boolean isLaneOver;

    /** Nothing of it is left. */
    @GuardedBy("this")
    private boolean isOver;

    /** How many threads are about to tell the application of a group that the client has entered or left. */
    @GuardedBy("this")
    private int tellers;

    /** The last callbacks wait for this. */
    @GuardedBy("this")
    private @Nullable CompletableFuture<?> whenTold;

    SessionLife(ClientSession session) {
        this.session = session;
    }

    /** Why it ended, null while it goes on. */
    public @Nullable CloseReason reason() {
        return reason;
    }

    /** Whether nothing of it is left: no handler, no connection. */
    public synchronized boolean isOver() {
        return isOver;
    }

    /** The application is about to be told of the session, so that it must be told of its end as well. */
    public void announce() {
        isAnnounced = true;
    }

    /** Ends it, with a last message to the client if there is one and the ending lets it through. */
    void end(CloseReason why, Ending ending, Optional<EventType<Void>> notice) {
        if (reason == null && isGivenUpOnly(why)) {
            return;
        }
        if (!REASON.compareAndSet(this, null, why)) {
            return;
        }
        context().groups().leaveAll(session);
        context().lifecycle().ended(session, why);
        session.assembly().close();
        session.mailbox().finish(ending != Ending.GONE, new LastCalls());
        switch (ending) {
            case DRAINED -> {
                session.outbox().finish(notice.map(this::farewell).orElse(null));
                context().deadlines().watchClose(session, closeGraceNanos());
            }
            case CUT -> {
                session.outbox().discard();
                closeConnection(closeGraceNanos() / 2); // its peer reads little, if anything
                context().deadlines().watchClose(session, closeGraceNanos() / 2);
            }
            case GONE -> session.outbox().discard();
        }
        closeCorrespondence();
    }

    /** When the outbox takes nothing any more, so that no question is asked and forgotten. */
    private void closeCorrespondence() {
        Resumption resumption = session.resumption();
        if (resumption != null) {
            resumption.correspondence().close();
        }
    }

    /** Whether only the connection is given up, and the session goes on without. */
    private boolean isGivenUpOnly(CloseReason why) {
        Outbox outbox = session.outbox();
        Loss loss = tryDetach(outbox, why);
        if (loss == Loss.DETACHED) {
            outbox.end().giveUp(why);
        }
        return loss != Loss.FINAL;
    }

    /** This connection is lost, and with it the session, unless that goes on without. */
    void lost(ConnectionEnd connection, CloseReason why) {
        Outbox outbox = session.outbox();
        if (outbox.end() != connection || tryDetach(outbox, why) != Loss.FINAL) {
            return;
        }
        end(why, Ending.GONE, Optional.empty());
        session.outbox().discard(); // it may have ended before, and have been writing what was left
    }

    private Loss tryDetach(Outbox outbox, CloseReason why) {
        Resumption resumption = session.resumption();
        if (resumption == null) {
            return Loss.FINAL;
        }
        Lifecycle lifecycle = context().lifecycle();
        Loss loss = resumption.detach(outbox, why, () -> lifecycle.detached(session, why));
        if (loss == Loss.DETACHED) {
            context().observer().clientDetached(session.id(), why);
        }
        return loss;
    }

    /** A close grace is over: writing what is left ends, or saying goodbye; returns when to look again, or {@link #NEVER}. */
    public long closeOrAbort() {
        ConnectionEnd connection = connection();
        if (reason != null && !connection.isGone() && session.outbox().discard()) {
            connection.stalled();
            closeConnection();
        }
        return connection.cutWhenDue();
    }

    /** Cuts the connection, whatever it is doing. */
    public void abort() {
        connection().abort();
    }

    /** Begins the closing handshake, for the session's reason. */
    void closeConnection() {
        closeConnection(closeGraceNanos());
    }

    private void closeConnection(long graceNanos) {
        CloseReason why = reason;
        if (why != null) {
            connection().close(why, graceNanos);
        }
    }

    private ConnectionEnd connection() {
        return session.outbox().end();
    }

    private Outgoing farewell(EventType<Void> notice) {
        Outgoing message = context().messages().push(notice, null, Outgoing.Receipt.NONE);
        context().observer().pushed(session.id(), message.event(), message.frame());
        return message;
    }

    /** The last callbacks wait for {@link #endTelling}. */
    synchronized void beginTelling() {
        tellers++;
    }

    void endTelling() {
        CompletableFuture<?> waiting;
        synchronized (this) {
            tellers--;
            waiting = tellers == 0 ? whenTold : null;
        }
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Null if nobody is telling. */
    private synchronized @Nullable CompletableFuture<?> whenTold() {
        if (tellers > 0) {
            whenTold = new CompletableFuture<>();
        }
        return whenTold;
    }

    /** Nothing of this connection is left, unless it has still to be cut. */
    void connectionGone(ConnectionEnd connection) {
        if (session.resumption() != null) {
            context().lifecycle().connectionGone(session);
        }
        finishIfOver();
    }

    private void finishIfOver() {
        synchronized (this) {
            if (isOver || !isLaneOver || !connection().isGone()) {
                return;
            }
            isOver = true;
        }
        letGo();
        context().lifecycle().gone(session);
    }

    /** Timers hold the session no longer, once nothing is left to be done with it. */
    void letGo() {
        if (isOver() && !connection().isToBeCut()) {
            session.ref().clear();
        }
    }

    private void endLane() {
        synchronized (this) {
            isLaneOver = true;
        }
        finishIfOver();
    }

    private long closeGraceNanos() {
        return context().outboxPolicy().closeGrace().toNanos();
    }

    private SessionContext context() {
        return session.context();
    }

    /** The last job of the lane: behind what other threads are telling the application of the client, its end. */
    private final class LastCalls implements Mailbox.Job {
        private final TimedCall disconnected = new TimedCall(session, "onDisconnect", this::tell, () -> {});

        @Override
        public @Nullable CompletionStage<?> run() {
            CompletableFuture<?> told = whenTold();
            if (told == null) {
                finish();
                return null;
            }
            return told.thenRunAsync(this::finish, task -> context().execute(Work.HANDLER, session.id(), task));
        }

        private void finish() {
            if (isAnnounced) {
                disconnected.run();
            }
            endLane();
        }

        private void tell() {
            CloseReason why = reason;
            if (why != null) {
                context().lifecycle().disconnected(session, why);
            }
        }

        @Override
        public long deadlineNanos() {
            return disconnected.deadlineNanos();
        }

        /** A shutdown is in no hurry with it: an end that is told of in half is worse than one that takes its time. */
        @Override
        public void timeOut() {
            if (deadlineNanos() <= context().runtime().nanoTime()) {
                disconnected.timeOut();
            }
        }
    }
}
