// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.EventType.Delivery;
import io.hubwire.Overflow;
import io.hubwire.SendReport.Refusal;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.HubRuntime.Work;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way to one client: a bounded queue in front of a connection that takes one at a time.
 *
 * <p>A message that finds nothing before it is in flight from then on, whoever is to send it, and no limit refuses it. Order is fixed
 * by the offer, so it does not matter who writes: the owner of the {@link OutboxLine}. A send that completes inside the call is
 * noticed by the owner's loop instead of starting another, so that no chain of completions grows the stack.
 *
 * <p>The lock guards fields only: the connection, receipts and the session are called without it. Thread-safe.
 */
public final class Outbox extends OutboxLine implements Connection.SendCallback {
    /** How many messages one owner writes before it lets a writer go on with the rest. */
    private static final int TURN = 16;

    private enum State {
        OPEN,
        /** No more offers; what waits is still written. */
        FINISHING,
        /** Nothing is written any more. */
        CLOSED
    }

    /** What the owner of the line does next. */
    private enum Step {
        WRITE,
        /** A writer goes on. */
        HAND_OVER,
        /** A writer goes on, behind a ping if its thread is quick. */
        PING,
        CLOSE,
        /** The line is free, or a ping is being made whose thread goes on. */
        REST
    }

    private final ClientSession session;
    private final Connection connection;

    @GuardedBy("this")
    private final OutboxRing waiting;

    @GuardedBy("this")
    private State state = State.OPEN;

    /** What is written last, behind everything that waits; no limit refuses it. */
    @GuardedBy("this")
    private @Nullable Outgoing farewell;

    Outbox(ClientSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
        this.waiting = new OutboxRing(session.context());
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
        boolean ownsLine = false;
        synchronized (this) {
            if (state != State.OPEN) {
                return Refusal.CLOSED;
            }
            if (inFlight() == null && waiting.size() == 0) {
                ownsLine = begin(message, mayWrite);
            } else {
                evicted = mayEvict() ? new ArrayList<>() : evicted;
                refusal = waiting.offer(message, evicted);
            }
        }
        evicted.forEach(this::evicted);
        if (refusal == Refusal.OVERFLOW) {
            overflowed(message);
        } else if (ownsLine && mayWrite) {
            write(message);
        } else if (ownsLine) {
            session.context().writers().add(this);
        }
        return refusal;
    }

    /** Nothing is before this message; returns whether the line is the caller's, and not of somebody who finds it there. */
    @GuardedBy("this")
    private boolean begin(Outgoing message, boolean mayWrite) {
        putInFlight(message);
        boolean ownsLine = takeLine();
        if (ownsLine && !mayWrite) {
            handLineOver();
        }
        return ownsLine;
    }

    /**
     * Asks the peer for a sign of life, soon, between two messages. The line is free for others until the ping is made; one that is
     * wanted before the last was made is the same.
     */
    public void ping() {
        boolean mustAsk;
        synchronized (this) {
            mustAsk = state == State.OPEN && wantPing();
        }
        if (mustAsk) {
            askForPing();
        }
    }

    /** Takes no more, writes what waits and then {@code last}, if there is one, and closes the connection. */
    void finish(@Nullable Outgoing last) {
        synchronized (this) {
            if (state != State.OPEN) {
                return;
            }
            state = State.FINISHING;
            farewell = last;
            if (!takeLine()) {
                return;
            }
        }
        proceed();
    }

    /** Takes no more and forgets what waits; returns whether it was not closed yet. */
    boolean discard() {
        boolean wasOpen;
        Outgoing unwritten;
        synchronized (this) {
            wasOpen = state != State.CLOSED;
            state = State.CLOSED;
            farewell = null;
            unwritten = clearLine();
        }
        if (unwritten != null) {
            unwritten.receipt().onLost();
        }
        for (Outgoing message = pollWaiting(); message != null; message = pollWaiting()) {
            message.receipt().onLost();
        }
        return wasOpen;
    }

    /** How many messages wait. */
    public synchronized int size() {
        return waiting.size();
    }

    /** The line is ours, and the connection has nothing: goes on with what comes next. */
    void proceed() {
        Outgoing next = advance(true);
        if (next != null) {
            write(next);
        }
    }

    /** Writing has broken down, for a reason that is not the connection's: without an owner, the line would never be free again. */
    void breakDown(Throwable failure) {
        session.life().connectionFailed(failure);
    }

    /** The line is ours and {@code first} is in flight. */
    private void write(Outgoing first) {
        int turn = 0;
        Outgoing next = first;
        while (next != null && sendOne(next)) {
            next = advance(++turn < TURN);
        }
    }

    private @Nullable Outgoing advance(boolean mayWrite) {
        Step step;
        Outgoing next;
        synchronized (this) {
            step = nextStep(mayWrite);
            next = step == Step.WRITE ? inFlight() : null;
        }
        perform(step);
        return next;
    }

    /** Sends; returns whether it has completed already and the line is still ours. */
    private boolean sendOne(Outgoing message) {
        synchronized (this) {
            if (!beginSend(message, now())) {
                return false;
            }
        }
        try {
            connection.send(message.frame(), this);
        } catch (Throwable failure) { // also a checked one that was thrown past the compiler
            completed(failure);
        }
        boolean isDone;
        boolean mustWatch;
        synchronized (this) {
            isDone = leaveSend() && state != State.CLOSED;
            mustWatch = startWatch();
        }
        if (mustWatch) {
            session.context().deadlines().watchSend(session);
        }
        return isDone;
    }

    @Override
    public void completed(@Nullable Throwable failure) {
        Outgoing done;
        boolean ownsLine;
        synchronized (this) {
            done = endSend();
            ownsLine = !isInsideSend();
        }
        if (done == null) {
            return; // told twice, or after the end
        }
        if (failure != null) {
            session.life().connectionFailed(failure);
            done.receipt().onLost();
            return;
        }
        done.receipt().onWritten();
        if (ownsLine) {
            advance(false); // on a thread of the container: a backlog is a writer's work
        }
    }

    private void perform(Step step) {
        switch (step) {
            case HAND_OVER -> session.context().writers().add(this);
            case PING -> {
                askForPing();
                session.context().writers().add(this);
            }
            case CLOSE -> session.life().closeConnection();
            case WRITE, REST -> {}
        }
    }

    private void askForPing() {
        session.context().execute(Work.PING, session.id(), this::makePing);
    }

    /** On a thread that may block: on some containers a ping does, while its peer does not read. */
    private void makePing() {
        boolean mustWatch;
        synchronized (this) {
            if (state != State.OPEN || !beginPing(now())) {
                return;
            }
            mustWatch = startWatch();
        }
        try {
            if (mustWatch) {
                session.context().deadlines().watchSend(session);
            }
            connection.ping();
        } catch (Throwable failure) {
            session.life().connectionFailed(failure);
        }
        boolean ownsLine;
        synchronized (this) {
            ownsLine = endPing(now());
        }
        if (ownsLine) {
            proceed();
        }
    }

    /** Decides what the owner of the line does next, while the connection has nothing. */
    @GuardedBy("this")
    private Step nextStep(boolean mayWrite) {
        if (!takeLineOver() || state == State.CLOSED) {
            return Step.REST;
        }
        if (state == State.OPEN && askAgain()) {
            handLineOver();
            return Step.PING;
        }
        if (inFlight() != null || putNextInFlight()) {
            if (!mayWrite) {
                handLineOver();
            }
            return mayWrite ? Step.WRITE : Step.HAND_OVER;
        }
        if (state == State.FINISHING) {
            state = State.CLOSED;
            return Step.CLOSE;
        }
        freeLine();
        return Step.REST;
    }

    @GuardedBy("this")
    private boolean putNextInFlight() {
        Outgoing next = waiting.poll();
        if (next == null) {
            next = farewell;
            farewell = null;
        }
        if (next != null) {
            putInFlight(next);
        }
        return next != null;
    }

    private boolean mayEvict() {
        return session.context().outboxPolicy().overflow() == Overflow.DROP_OLDEST;
    }

    /** An ephemeral message is not worth a session: without it, the client lacks nothing for long. */
    private void overflowed(Outgoing message) {
        boolean isCounted = message.delivery() == Delivery.COUNTED;
        if (isCounted && session.context().outboxPolicy().overflow() == Overflow.DISCONNECT) {
            session.end(CloseReason.SLOW_CONSUMER, SessionLife.Ending.CUT);
        } else {
            session.reportDropped(message);
        }
    }

    private void evicted(Outgoing message) {
        message.receipt().onLost();
        session.reportDropped(message);
    }

    private synchronized @Nullable Outgoing pollWaiting() {
        return waiting.poll();
    }

    private long now() {
        return session.context().runtime().nanoTime();
    }
}
