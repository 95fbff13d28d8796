// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.EventType;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicBoolean isConnectionGone = new AtomicBoolean();
    private final AtomicInteger left = new AtomicInteger(LANE_AND_CONNECTION);
    private volatile boolean isAnnounced;

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
    public boolean isOver() {
        return left.get() == 0;
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
        session.mailbox().finish(ending != Ending.GONE, this::finishLane);
        switch (ending) {
            case DRAINED -> {
                session.outbox().finish(notice.map(this::farewell).orElse(null));
                context().deadlines().watchClose(session);
            }
            case CUT -> {
                session.outbox().discard();
                closeConnection();
                context().deadlines().watchClose(session);
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
        if (!isConnectionGone.get() && session.outbox().discard()) {
            isStalled = true;
            closeConnection();
        }
        long due = cutDueNanos;
        if (due != NEVER && due > context().runtime().nanoTime()) {
            return due;
        }
        if (due != NEVER || !isConnectionGone.get()) {
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
        CloseReason why = reason.get();
        if (why == null || isConnectionGone.get()) {
            return;
        }
        long grace = context().outboxPolicy().closeGrace().toNanos();
        cutDueNanos = context().runtime().nanoTime() + grace;
        context().control(session.id(), () -> {
            try {
                connection.close(why);
            } catch (RuntimeException failure) {
                connectionFailed(failure);
            }
        });
    }

    private Outgoing farewell(EventType<Void> notice) {
        context().observer().pushed(session.id(), notice.name());
        return context().messages().push(notice, null, Outgoing.Receipt.NONE);
    }

    private @Nullable CompletionStage<?> finishLane() {
        CloseReason why = reason.get();
        if (why != null && isAnnounced) {
            context().lifecycle().disconnected(session, why);
        }
        partIsOver();
        return null;
    }

    private void markConnectionGone() {
        if (isConnectionGone.compareAndSet(false, true)) {
            partIsOver();
        }
    }

    private void partIsOver() {
        if (left.decrementAndGet() == 0) {
            letGo();
            context().lifecycle().gone(session);
        }
    }

    /** Timers hold the session no longer, once nothing is left to be done with it. */
    private void letGo() {
        if (isOver() && cutDueNanos == NEVER) {
            session.ref().clear();
        }
    }

    private SessionContext context() {
        return session.context();
    }
}
