// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.Connection;
import io.hubwire.spi.HubRuntime.Work;
import org.jspecify.annotations.Nullable;

/**
 * Writes what an outbox holds to its connection, one frame at a time, and asks for pings between them.
 *
 * <p>Order is fixed by the offer, so it does not matter who writes: the owner of the {@link OutboxLine}. A send that completes inside
 * the call is noticed by the owner's loop instead of starting another, so that no chain of completions grows the stack.
 *
 * <p>The lock guards fields only: the connection, receipts and the session are called without it. Thread-safe.
 */
abstract class OutboxWriter extends OutboxLine implements Connection.SendCallback {
    /** How many messages one owner writes before it lets a writer go on with the rest. */
    private static final int TURN = 16;

    enum State {
        OPEN,
        /** The connection is lost; what is offered is kept for the next one. */
        DETACHED,
        /** Another connection has taken the session over, with an outbox of its own. */
        MOVED,
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

    final ClientSession session;
    final ConnectionEnd end;

    @GuardedBy("this")
    final OutboxQueue waiting;

    @GuardedBy("this")
    State state = State.OPEN;

    /** What is written last, behind everything that waits; no limit refuses it. */
    @GuardedBy("this")
    @Nullable
    Outgoing farewell;

    OutboxWriter(ClientSession session, ConnectionEnd end, OutboxQueue waiting) {
        this.session = session;
        this.end = end;
        this.waiting = waiting;
    }

    /**
     * Asks the peer for a sign of life, soon, between two messages. The line is free for others until the ping is made; one that is
     * wanted before the last was made is the same.
     */
    public final void ping() {
        boolean mustAsk;
        synchronized (this) {
            mustAsk = state == State.OPEN && wantPing();
        }
        if (mustAsk) {
            askForPing();
        }
    }

    /** The line is ours, and the connection has nothing: goes on with what comes next. */
    final void proceed() {
        Outgoing next = advance(true);
        if (next != null) {
            write(next);
        }
    }

    /** Writing has broken down, for a reason that is not the connection's: without an owner, the line would never be free again. */
    final void breakDown(Throwable failure) {
        end.failed(failure);
    }

    /** The line is ours and {@code first} is in flight. */
    final void write(Outgoing first) {
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
            end.connection().send(message.frame(), this);
        } catch (Throwable failure) { // also a checked one that was thrown past the compiler
            completed(failure);
        }
        boolean isDone;
        boolean mustWatch;
        synchronized (this) {
            isDone = leaveSend() && (state == State.OPEN || state == State.FINISHING);
            mustWatch = startWatch();
        }
        if (mustWatch) {
            session.context().deadlines().watchSend(session);
        }
        return isDone;
    }

    @Override
    public final void completed(@Nullable Throwable failure) {
        Outgoing done;
        synchronized (this) {
            done = takeSent();
        }
        if (done == null) {
            return; // told twice, or after the end
        }
        boolean ownsLine = false;
        try {
            tell(done, failure);
        } finally {
            synchronized (this) {
                ownsLine = endSend();
            }
        }
        if (ownsLine && failure == null) {
            advance(false); // on a thread of the container: a backlog is a writer's work
        }
    }

    private void tell(Outgoing done, @Nullable Throwable failure) {
        try {
            if (failure == null) {
                done.receipt().onWritten();
            } else {
                end.failed(failure);
                done.receipt().onLost();
            }
        } catch (Throwable broken) { // as for want of a thread that completes a stage: the line would have no owner
            end.failed(broken);
            throw broken;
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
            end.connection().ping();
        } catch (Throwable failure) {
            end.failed(failure);
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
        if (!takeLineOver() || (state != State.OPEN && state != State.FINISHING)) {
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
        if (next == null && farewell != null) {
            next = waiting.pass(farewell); // nothing is before it, and it may have a number
            farewell = null;
        }
        if (next != null) {
            putInFlight(next);
        }
        return next != null;
    }

    private long now() {
        return session.context().runtime().nanoTime();
    }
}
