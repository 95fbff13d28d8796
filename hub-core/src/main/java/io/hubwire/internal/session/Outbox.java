// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.EventType.Delivery;
import io.hubwire.Overflow;
import io.hubwire.SendReport.Refusal;
import io.hubwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way to one client over one connection: a bounded queue in front of a connection that takes one at a time.
 *
 * <p>A message that finds nothing before it is in flight from then on, whoever is to send it, and no limit refuses it.
 *
 * <p>When a session that resumes loses its connection, its queue is kept, and the outbox of the next connection goes on with it.
 * Thread-safe.
 */
public final class Outbox extends OutboxWriter {
    Outbox(ClientSession session, ConnectionEnd end, OutboxQueue waiting) {
        super(session, end, waiting);
    }

    /** Where it writes to. */
    public ConnectionEnd end() {
        return end;
    }

    /** How many messages wait. */
    public synchronized int size() {
        return waiting.size();
    }

    /**
     * Takes a message, or says why not; never blocks.
     *
     * @param mayWrite whether the caller may write it if nothing waits; otherwise a writer does
     * @return null if it was accepted
     */
    public @Nullable Refusal offer(Outgoing message, boolean mayWrite) {
        List<Outgoing> evicted = List.of();
        Refusal refusal = null;
        Outgoing first = null;
        State found;
        synchronized (this) {
            found = state;
            if (found == State.DETACHED) {
                evicted = new ArrayList<>();
                refusal = waiting.offer(message, evicted);
            } else if (found != State.OPEN) {
                refusal = Refusal.CLOSED;
            } else if (inFlight() == null && waiting.size() == 0) {
                first = begin(message, mayWrite);
            } else {
                evicted = mayEvict() || message.key() != null ? new ArrayList<>() : evicted;
                refusal = waiting.offer(message, evicted);
            }
        }
        evicted.forEach(this::evicted);
        if (found == State.MOVED) {
            return session.outbox().offer(message, mayWrite);
        }
        if (refusal == Refusal.OVERFLOW) {
            return overflowed(message, found == State.OPEN, mayWrite);
        }
        if (first != null && mayWrite) {
            write(first);
        } else if (first != null) {
            session.context().writers().add(this);
        }
        return refusal;
    }

    /** Nothing is before this message; returns what is to be written, or null if whoever owns the line finds it there. */
    @GuardedBy("this")
    private @Nullable Outgoing begin(Outgoing message, boolean mayWrite) {
        Outgoing first = waiting.pass(message);
        putInFlight(first);
        if (!takeLine()) {
            return null;
        }
        if (!mayWrite) {
            handLineOver();
        }
        return first;
    }

    /** Takes no more, writes what waits and then {@code last}, if there is one, and closes the connection. */
    void finish(@Nullable Outgoing last) {
        State found;
        boolean ownsLine = false;
        synchronized (this) {
            found = state;
            if (found == State.OPEN) {
                state = State.FINISHING;
                farewell = last;
                ownsLine = takeLine();
            }
        }
        if (found == State.MOVED) {
            session.outbox().finish(last);
        } else if (found == State.DETACHED) {
            discard();
        } else if (ownsLine) {
            proceed();
        }
    }

    /** What became of an outbox whose connection is lost. */
    enum Loss {
        /** What it holds is kept. */
        DETACHED,
        /** It was kept before, or is another connection's. */
        NONE,
        /** The session is ending. */
        FINAL
    }

    /** The connection is lost, or given up; what waits is kept for the next one. */
    Loss detach() {
        Outgoing unwritten;
        List<Outgoing> stale;
        synchronized (this) {
            if (state != State.OPEN) {
                return state == State.DETACHED || state == State.MOVED ? Loss.NONE : Loss.FINAL;
            }
            state = State.DETACHED;
            unwritten = clearLine();
            stale = waiting.detach();
        }
        tellLost(unwritten, stale);
        return Loss.DETACHED;
    }

    /**
     * Another connection goes on behind this number, beginning with {@code hello}, when it is {@linkplain #start started}; nothing more
     * is written to this one. Null if the session has ended or something behind the number is missing: then all is as before.
     */
    public @Nullable Outbox moveTo(ConnectionEnd next, long number, Outgoing hello) {
        Outgoing unwritten;
        List<Outgoing> stale = List.of();
        List<Outgoing> received;
        Outbox moved;
        synchronized (this) {
            boolean isOpen = state == State.OPEN;
            if ((!isOpen && state != State.DETACHED) || !waiting.canResumeFrom(number)) {
                return null;
            }
            if (isOpen) {
                stale = waiting.detach();
            }
            received = waiting.resumeFrom(number);
            unwritten = clearLine();
            moved = new Outbox(session, next, waiting);
            moved.beginWith(hello);
            session.outbox(moved);
            state = State.MOVED;
        }
        tellLost(unwritten, stale);
        received.forEach(message -> message.receipt().onWritten());
        return moved;
    }

    /** Writes the hello, and then what waits. */
    public void start() {
        Outgoing hello;
        synchronized (this) {
            hello = inFlight();
        }
        if (hello != null) {
            write(hello);
        }
    }

    /** Whether there is no connection. */
    synchronized boolean isDetached() {
        return state == State.DETACHED;
    }

    /** Nothing is written before this message, and that when it is {@linkplain #start started}. */
    public synchronized void beginWith(Outgoing hello) {
        putInFlight(hello);
        takeLine();
    }

    private static void tellLost(@Nullable Outgoing unwritten, List<Outgoing> stale) {
        if (unwritten != null) {
            unwritten.receipt().onLost();
        }
        stale.forEach(message -> message.receipt().onLost());
    }

    /** The client has received everything up to this number; false if nothing of that number was ever sent. */
    public boolean acknowledge(long number) {
        List<Outgoing> received = new ArrayList<>(0);
        boolean isValid;
        synchronized (this) {
            isValid = state == State.MOVED || waiting.acknowledge(number, received);
        }
        received.forEach(message -> message.receipt().onWritten());
        return isValid;
    }

    /** Takes no more and forgets what waits; returns whether it was not closed yet. */
    boolean discard() {
        boolean wasOpen;
        boolean isMoved;
        Outgoing unwritten;
        List<Outgoing> neverWritten;
        synchronized (this) {
            isMoved = state == State.MOVED;
            wasOpen = state != State.CLOSED;
            state = isMoved ? state : State.CLOSED;
            farewell = null;
            unwritten = clearLine();
            neverWritten = isMoved ? List.of() : waiting.clear();
        }
        tellLost(unwritten, neverWritten);
        return isMoved ? session.outbox().discard() : wasOpen;
    }

    private boolean mayEvict() {
        return session.context().outboxPolicy().overflow() == Overflow.DROP_OLDEST;
    }

    /**
     * An ephemeral message is not worth a connection: without it, the client lacks nothing for long. Any other goes on to where it is
     * kept when the connection is given up for it.
     */
    private @Nullable Refusal overflowed(Outgoing message, boolean isAttached, boolean mayWrite) {
        boolean isEphemeral = message.delivery() == Delivery.EPHEMERAL;
        boolean mayDisconnect = session.context().outboxPolicy().overflow() == Overflow.DISCONNECT;
        if (isEphemeral || !isAttached || !mayDisconnect) {
            session.reportDropped(message);
            return Refusal.OVERFLOW;
        }
        session.end(CloseReason.SLOW_CONSUMER, SessionLife.Ending.CUT);
        return isConnectionGivenUp() ? session.outbox().offer(message, mayWrite) : Refusal.OVERFLOW;
    }

    private synchronized boolean isConnectionGivenUp() {
        return state == State.DETACHED || state == State.MOVED;
    }

    private void evicted(Outgoing message) {
        message.receipt().onLost();
        session.reportDropped(message);
    }
}
