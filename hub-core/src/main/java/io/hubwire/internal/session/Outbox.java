// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.EventType.Delivery;
import io.hubwire.Overflow;
import io.hubwire.SendReport.Refusal;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way to one client: a bounded queue in front of a connection that takes one at a time.
 *
 * <p>Whoever finds the line free owns it: a sender that offers to an idle outbox, a writer that was handed a backlog, the
 * completion of the last send. The owner writes what waits and gives the line up only when nothing does. Order is fixed by the
 * offer, so it does not matter who writes. A send that completes inside the call is noticed by the owner's loop instead of
 * starting another, so that no chain of completions grows the stack.
 *
 * <p>The lock guards fields only: the connection, receipts and the session are called without it. Thread-safe.
 */
public final class Outbox implements Connection.SendCallback {
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
        PING,
        CLOSE,
        /** The line is free. */
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

    /** Somebody owns the line: a loop runs, a send is in flight, or a writer was asked to come. */
    @GuardedBy("this")
    private boolean isBusy;

    @GuardedBy("this")
    private @Nullable Outgoing inFlight;

    /** The owner is inside {@code connection.send}: a completion must leave the going on to it. */
    @GuardedBy("this")
    private boolean isInsideSend;

    @GuardedBy("this")
    private boolean isPinging;

    @GuardedBy("this")
    private boolean isPingDue;

    /** When the send or ping in progress began. */
    @GuardedBy("this")
    private long operationSince;

    /** A watch will look at the operation in progress; at most one does. */
    @GuardedBy("this")
    private boolean isWatched;

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
        List<Outgoing> evicted = mayEvict() ? new ArrayList<>() : List.of();
        Refusal refusal;
        boolean ownsLine;
        synchronized (this) {
            if (state != State.OPEN) {
                return Refusal.CLOSED;
            }
            ownsLine = !isBusy;
            if (ownsLine && mayWrite) {
                begin(message);
                refusal = null;
            } else {
                refusal = enqueue(message, evicted);
                ownsLine &= refusal == null;
                isBusy |= ownsLine;
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

    /** Asks the peer for a sign of life, behind what is being written. */
    public void ping() {
        synchronized (this) {
            if (state != State.OPEN) {
                return;
            }
            isPingDue = true;
            if (isBusy) {
                return;
            }
            isBusy = true;
        }
        proceed();
    }

    /** Takes no more, writes what waits and then {@code last}, if there is one, and closes the connection. */
    void finish(@Nullable Outgoing last) {
        synchronized (this) {
            if (state != State.OPEN) {
                return;
            }
            state = State.FINISHING;
            farewell = last;
            if (isBusy) {
                return;
            }
            isBusy = true;
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
            unwritten = inFlight;
            inFlight = null;
        }
        if (unwritten != null) {
            unwritten.receipt().onLost();
        }
        for (Outgoing message = pollWaiting(); message != null; message = pollWaiting()) {
            message.receipt().onLost();
        }
        return wasOpen;
    }

    /** When the send or ping in progress began, or {@link Long#MIN_VALUE} if there is none: then the watch is over. */
    public synchronized long operationSinceOrUnwatch() {
        if (state != State.CLOSED && (inFlight != null || isPinging)) {
            return operationSince;
        }
        isWatched = false;
        return Long.MIN_VALUE;
    }

    /** How many messages wait. */
    public synchronized int size() {
        return waiting.size();
    }

    /** The line is ours and nothing is in flight: goes on with what comes next. */
    void proceed() {
        Outgoing next = advance();
        if (next != null) {
            write(next);
        }
    }

    /** The line is ours and {@code first} is in flight. */
    private void write(Outgoing first) {
        int turn = 0;
        for (Outgoing next = first; next != null; next = advance()) {
            if (!sendOne(next)) {
                return;
            }
            if (++turn >= TURN && size() > 0) {
                session.context().writers().add(this);
                return;
            }
        }
    }

    private @Nullable Outgoing advance() {
        Step step;
        Outgoing next;
        synchronized (this) {
            step = nextStep();
            next = inFlight;
        }
        if (next == null) {
            perform(step);
        }
        return next;
    }

    /** Sends; returns whether it has completed already and the line is still ours. */
    @SuppressWarnings("ReferenceEquality") // this very message is in flight
    private boolean sendOne(Outgoing message) {
        synchronized (this) {
            if (inFlight != message) {
                return false;
            }
            isInsideSend = true;
        }
        try {
            connection.send(message.frame(), this);
        } catch (RuntimeException | Error failure) {
            completed(failure);
        }
        boolean isDone;
        boolean mustWatch;
        synchronized (this) {
            isInsideSend = false;
            isDone = inFlight == null && state != State.CLOSED;
            mustWatch = inFlight != null && !isWatched;
            isWatched |= mustWatch;
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
            done = inFlight;
            inFlight = null;
            ownsLine = !isInsideSend;
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
            proceedElsewhere();
        }
    }

    /** A completion on a thread of the container: a backlog is a writer's work. */
    private void proceedElsewhere() {
        Step step;
        synchronized (this) {
            boolean isBacklog = waiting.size() > 0 || farewell != null;
            step = isBacklog && state != State.CLOSED ? Step.WRITE : nextStep();
        }
        if (step == Step.WRITE) {
            session.context().writers().add(this);
        } else {
            perform(step);
        }
    }

    private void perform(Step step) {
        if (step == Step.PING) {
            sendPing();
        } else if (step == Step.CLOSE) {
            session.life().closeConnection();
        }
    }

    /** A ping may block for a while on some containers, so it never runs on a sender's or a writer's thread. */
    private void sendPing() {
        boolean mustWatch;
        synchronized (this) {
            mustWatch = !isWatched;
            isWatched = true;
        }
        if (mustWatch) {
            session.context().deadlines().watchSend(session);
        }
        session.context().control(session.id(), () -> {
            try {
                connection.ping();
            } catch (RuntimeException failure) {
                session.life().connectionFailed(failure);
            }
            synchronized (this) {
                isPinging = false;
            }
            proceed();
        });
    }

    /** Decides what the owner of the line does next, with nothing in flight. */
    @GuardedBy("this")
    private Step nextStep() {
        if (state == State.CLOSED) {
            return Step.REST;
        }
        if (isPingDue && state == State.OPEN) {
            isPingDue = false;
            isPinging = true;
            operationSince = session.context().runtime().nanoTime();
            return Step.PING;
        }
        Outgoing next = waiting.poll();
        if (next == null) {
            next = farewell;
            farewell = null;
        }
        if (next != null) {
            begin(next);
            return Step.WRITE;
        }
        if (state == State.FINISHING) {
            state = State.CLOSED;
            return Step.CLOSE;
        }
        isBusy = false;
        return Step.REST;
    }

    @GuardedBy("this")
    private void begin(Outgoing message) {
        isBusy = true;
        inFlight = message;
        operationSince = session.context().runtime().nanoTime();
    }

    @GuardedBy("this")
    private @Nullable Refusal enqueue(Outgoing message, List<Outgoing> evicted) {
        if (message.delivery() == Delivery.EPHEMERAL && waiting.size() > 0) {
            return Refusal.SUPERSEDED;
        }
        while (!waiting.tryAdd(message)) {
            Outgoing oldest = mayEvict() && waiting.couldHold(message) ? waiting.poll() : null;
            if (oldest == null) {
                return Refusal.OVERFLOW;
            }
            evicted.add(oldest);
        }
        return null;
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
}
