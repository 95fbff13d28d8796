// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.EventType;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.HubRuntime.Work;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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

    private static final Logger LOG = System.getLogger(SessionLife.class.getName());
    private static final int LANE_AND_CONNECTION = 2;

    private final ClientSession session;
    private final Connection connection;
    private final AtomicReference<@Nullable CloseReason> reason = new AtomicReference<>();
    private volatile boolean isAnnounced;

    /** Changed under the lock, once. */
    private volatile boolean isConnectionGone;

    @GuardedBy("this")
    private int left = LANE_AND_CONNECTION;

    /** How many threads are about to tell the application of a group that the client has entered or left. */
    @GuardedBy("this")
    private int tellers;

    /** The last callbacks wait for this. */
    @GuardedBy("this")
    private @Nullable CompletableFuture<?> whenTold;

    /**
     * When the closing handshake must be over. Then the connection is cut even if it was reported gone, because many containers do
     * that before the peer has answered.
     */
    private volatile long cutDueNanos = NEVER;

    /** The peer did not take in time what was left: then the connection is gone when it is cut, whatever is reported before. */
    private volatile boolean isStalled;

    SessionLife(ClientSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    /** Why it ended, null while it goes on. */
    public @Nullable CloseReason reason() {
        return reason.get();
    }

    /** Whether nothing of it is left: no handler, no connection. */
    public synchronized boolean isOver() {
        return left == 0;
    }

    /** The application is about to be told of the session, so that it must be told of its end as well. */
    public void announce() {
        isAnnounced = true;
    }

    /** Ends it, with a last message to the client if there is one and the ending lets it through. */
    void end(CloseReason why, Ending ending, Optional<EventType<Void>> notice) {
        if (!reason.compareAndSet(null, why)) {
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
    }

    /** The adapter says that the connection is gone. */
    public void connectionClosed(CloseReason why) {
        end(why, Ending.GONE, Optional.empty());
        session.outbox().discard(); // it may have ended before, and have been writing what was left
        if (!isStalled) {
            markConnectionGone();
        }
    }

    /** A send or a ping failed: the connection is of no use any more. */
    void connectionFailed(Throwable failure) {
        LOG.log(Level.DEBUG, () -> "the connection of " + session + " failed", failure);
        abort();
    }

    /** A close grace is over: writing what is left ends, or saying goodbye; returns when to look again, or {@link #NEVER}. */
    public long closeOrAbort() {
        if (!isConnectionGone && session.outbox().discard()) {
            isStalled = true;
            closeConnection();
        }
        long due = cutDueNanos;
        if (due != NEVER && due > context().runtime().nanoTime()) {
            return due;
        }
        if (due != NEVER || !isConnectionGone) {
            abort();
        }
        return NEVER;
    }

    /** Cuts the connection, whatever it is doing. */
    public void abort() {
        end(CloseReason.CONNECTION_LOST, Ending.GONE, Optional.empty());
        session.outbox().discard();
        context().control(session.id(), this::cut);
    }

    private void cut() {
        try {
            connection.abort();
        } finally {
            cutDueNanos = NEVER;
            markConnectionGone();
            letGo();
        }
    }

    /** Begins the closing handshake, for the session's reason. */
    void closeConnection() {
        closeConnection(closeGraceNanos());
    }

    private void closeConnection(long graceNanos) {
        CloseReason why = reason.get();
        if (why == null || isConnectionGone) {
            return;
        }
        cutDueNanos = context().runtime().nanoTime() + graceNanos;
        context().control(session.id(), () -> {
            try {
                connection.close(why);
            } catch (RuntimeException failure) {
                connectionFailed(failure);
            }
        });
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

    private void markConnectionGone() {
        synchronized (this) {
            if (isConnectionGone) {
                return;
            }
            isConnectionGone = true;
        }
        partIsOver();
    }

    private void partIsOver() {
        if (countDown() == 0) {
            letGo();
            context().lifecycle().gone(session);
        }
    }

    private synchronized int countDown() {
        left--;
        return left;
    }

    /** Timers hold the session no longer, once nothing is left to be done with it. */
    private void letGo() {
        if (isOver() && cutDueNanos == NEVER) {
            session.ref().clear();
        }
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
            partIsOver();
        }

        private void tell() {
            CloseReason why = reason.get();
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
