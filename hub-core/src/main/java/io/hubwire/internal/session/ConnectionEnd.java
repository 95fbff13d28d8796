// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * The hub's end of one connection of a session: closed, or cut, within the grace given.
 *
 * <p>It is gone when the adapter says so, unless its peer did not take what was left: then when it is cut. Thread-safe.
 */
public final class ConnectionEnd {
    /** No time at all. */
    static final long NEVER = Long.MAX_VALUE;

    private static final Logger LOG = System.getLogger(ConnectionEnd.class.getName());

    private final ClientSession session;
    private final Connection connection;

    /** Changed under the lock, once. */
    private volatile boolean isGone;

    /**
     * When the closing handshake must be over. Then the connection is cut even if it was reported gone, because many containers do
     * that before the peer has answered.
     */
    private volatile long cutDueNanos = NEVER;

    /** The peer did not take in time what was left: then the connection is gone when it is cut, whatever is reported before. */
    private volatile boolean isStalled;

    /** Of an open connection. */
    public ConnectionEnd(ClientSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Whose it is, or was before another connection took the session over. */
    public ClientSession session() {
        return session;
    }

    boolean isGone() {
        return isGone;
    }

    /** Whether it has still to be cut. */
    boolean isToBeCut() {
        return cutDueNanos != NEVER;
    }

    /** The adapter says that the connection is gone. */
    public void connectionClosed(CloseReason why) {
        session.life().lost(this, why);
        if (!isStalled) {
            markGone();
        }
    }

    /** A send or a ping failed: the connection is of no use any more. */
    void failed(Throwable failure) {
        LOG.log(Level.DEBUG, () -> "the connection of " + session + " failed", failure);
        abort();
    }

    /** Cuts the connection, whatever it is doing. */
    public void abort() {
        session.life().lost(this, CloseReason.CONNECTION_LOST);
        session.context().control(session.id(), this::cut);
    }

    private void cut() {
        try {
            connection.abort();
        } finally {
            cutDueNanos = NEVER;
            markGone();
            session.life().letGo();
        }
    }

    /** Begins the closing handshake; when the grace is over, the next look cuts. */
    void close(CloseReason why, long graceNanos) {
        if (isGone) {
            return;
        }
        cutDueNanos = session.context().runtime().nanoTime() + graceNanos;
        session.context().control(session.id(), () -> {
            try {
                connection.close(why);
            } catch (RuntimeException failure) {
                failed(failure);
            }
        });
    }

    /** The session goes on without it. */
    public void giveUp(CloseReason why) {
        if (!isGone) {
            closeWithin(why, session.context().outboxPolicy().closeGrace().toNanos() / 2);
        }
    }

    /** Closes it, and cuts it when the grace is over: nobody else looks after a connection that its session has given up. */
    private void closeWithin(CloseReason why, long graceNanos) {
        close(why, graceNanos);
        try {
            session.context().runtime().schedule("given up connection", Duration.ofNanos(graceNanos), this::cutWhenDue);
        } catch (RejectedExecutionException closed) {
            abort();
        }
    }

    /** What was left could not be written in time. */
    void stalled() {
        isStalled = true;
    }

    /** Cuts it if its time is over, or if it was never closed; returns when to look again, or {@link #NEVER}. */
    long cutWhenDue() {
        long due = cutDueNanos;
        if (due != NEVER && due > session.context().runtime().nanoTime()) {
            return due;
        }
        if (due != NEVER || !isGone) {
            abort();
        }
        return NEVER;
    }

    private void markGone() {
        synchronized (this) {
            if (isGone) {
                return;
            }
            isGone = true;
        }
        session.life().connectionGone(this);
    }
}
