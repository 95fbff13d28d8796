// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.internal.routing.FirstText;
import io.hubwire.internal.routing.GreetedConnection;
import io.hubwire.internal.session.MessageAssembly;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.MalformedMessageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the {@code hubwire.v1} profile: until its client has greeted and is known there is no session, and what it sends
 * behind its hello is held; from then on everything goes to the session.
 *
 * <p>A client that claims a session sends nothing before it is answered. Thread-safe; the calls of a {@link ConnectionHandler} do not
 * overlap, except {@link #onClosed}.
 */
final class Greeting implements ConnectionHandler {
    private enum State {
        WAITING,
        DECIDING,
        OPEN,
        /** Closed by the hub, or gone. */
        OVER
    }

    private record Part(String text, boolean last) {}

    private final Reception reception;
    private final Connection connection;
    private final Handshake handshake;
    private final MessageAssembly assembly;

    @GuardedBy("this")
    private State state = State.WAITING;

    /** If more than the hello was in it. */
    @GuardedBy("this")
    private @Nullable FirstText first;

    /** What was sent behind the hello. */
    @GuardedBy("this")
    private final Deque<Part> held = new ArrayDeque<>(0);

    @GuardedBy("this")
    private long heldBytes;

    /** Nothing may be sent before the answer. */
    @GuardedBy("this")
    private boolean isClaiming;

    /** Whose the connection is now. */
    @GuardedBy("this")
    private @Nullable ConnectionHandler session;

    /** How it ended before it was anybody's. */
    @GuardedBy("this")
    private @Nullable CloseReason lostWith;

    @GuardedBy("this")
    private boolean isPlaceGivenBack;

    Greeting(Reception reception, Connection connection, Handshake handshake) {
        this.reception = reception;
        this.connection = connection;
        this.handshake = handshake;
        this.assembly = reception.newAssembly();
    }

    Connection connection() {
        return connection;
    }

    Handshake handshake() {
        return handshake;
    }

    @Override
    public void onText(String part, boolean last) {
        ConnectionHandler owner;
        State found;
        synchronized (this) {
            owner = session;
            found = state;
        }
        if (owner != null) {
            owner.onText(part, last);
        } else if (found == State.WAITING) {
            collect(part, last);
        } else if (found == State.DECIDING) {
            hold(new Part(part, last));
        }
    }

    private void collect(String part, boolean last) {
        CloseReason violation = assembly.add(part, Frame.utf8Length(part));
        if (violation != null) {
            end(violation);
        } else if (last) {
            greet(assembly.take());
        }
    }

    private void greet(String text) {
        FirstText first = new FirstText(Frame.utf8Length(text));
        try {
            reception.codec().decode(text, first);
        } catch (MalformedMessageException fault) {
            end(CloseReason.BAD_PROTOCOL);
            return;
        }
        Optional<Hello> hello = first.first().flatMap(message -> Hello.read(message, reception.codec()));
        if (hello.isEmpty() || (hello.get().claim().isPresent() && first.more() > 0)) {
            end(CloseReason.BAD_PROTOCOL);
        } else if (mayDecide(hello.get(), first)) {
            reception.decide(this, hello.get());
        }
    }

    private synchronized boolean mayDecide(Hello hello, FirstText text) {
        if (state != State.WAITING) {
            return false;
        }
        state = State.DECIDING;
        isClaiming = hello.claim().isPresent();
        first = text.more() > 0 ? text : null;
        return true;
    }

    private void hold(Part part) {
        boolean isTooMuch;
        boolean isEarly;
        synchronized (this) {
            heldBytes += Frame.utf8Length(part.text());
            isTooMuch = held.size() >= reception.limits().mailboxMessages()
                    || heldBytes > reception.limits().mailboxBytes();
            isEarly = isClaiming;
            held.add(part);
        }
        if (isTooMuch || isEarly) {
            end(isEarly ? CloseReason.BAD_PROTOCOL : CloseReason.RATE_LIMITED);
        }
    }

    /** The client did not greet in time. */
    void timeOut() {
        boolean isLate;
        synchronized (this) {
            isLate = state == State.WAITING;
        }
        if (isLate) {
            end(CloseReason.HELLO_TIMEOUT);
        }
    }

    /** Nobody waits any longer, unless a decision is being carried out. */
    void giveUp(CloseReason why) {
        boolean isUndecided;
        synchronized (this) {
            isUndecided = state == State.WAITING || (state == State.DECIDING && !isPlaceGivenBack);
        }
        if (isUndecided) {
            end(why);
        }
    }

    /** The place goes to a session; false if the connection is over, and the place was given back. */
    synchronized boolean passOnPlace() {
        boolean mayPass = state == State.DECIDING && !isPlaceGivenBack;
        isPlaceGivenBack |= mayPass;
        isClaiming &=
                !mayPass; // from here the answer may be on its way, and a quick client's next message is back before us
        return mayPass;
    }

    /** No session has taken the place after all. */
    void keepPlace() {
        synchronized (this) {
            isPlaceGivenBack = false;
            if (state != State.OVER) {
                return;
            }
        }
        giveBack();
    }

    /** The connection is a session's from now on, and what was held is the session's first. */
    void become(GreetedConnection owner) {
        CloseReason lost;
        reception.forget(this);
        FirstText rest = takeFirst();
        if (rest != null) {
            owner.onRest(rest);
        }
        for (Part next = nextHeld(owner); next != null; next = nextHeld(owner)) {
            owner.onText(next.text(), next.last());
        }
        synchronized (this) {
            lost = lostWith;
        }
        if (lost != null) {
            owner.onClosed(lost);
        }
    }

    private synchronized @Nullable FirstText takeFirst() {
        FirstText taken = first;
        first = null;
        return taken;
    }

    private synchronized @Nullable Part nextHeld(ConnectionHandler owner) {
        Part next = held.poll();
        if (next == null) {
            session = owner;
            state = State.OPEN;
        }
        return next;
    }

    /** Ends a connection that is nobody's. */
    void end(CloseReason why) {
        synchronized (this) {
            if (state == State.OVER || state == State.OPEN) {
                return;
            }
            state = State.OVER;
            held.clear();
        }
        reception.forget(this);
        reception.close(connection, why, this::giveBack);
    }

    private void giveBack() {
        synchronized (this) {
            if (isPlaceGivenBack) {
                return;
            }
            isPlaceGivenBack = true;
        }
        reception.giveBack(this);
    }

    @Override
    public void onPong() {
        ConnectionHandler owner = owner();
        if (owner != null) {
            owner.onPong();
        }
    }

    @Override
    public void onViolation(CloseReason reason) {
        ConnectionHandler owner = owner();
        if (owner != null) {
            owner.onViolation(reason);
        } else {
            end(reason);
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        ConnectionHandler owner;
        synchronized (this) {
            owner = session;
            if (owner == null) {
                lostWith = reason;
                state = State.OVER;
                held.clear();
            }
        }
        if (owner != null) {
            owner.onClosed(reason);
        } else {
            reception.forget(this);
            giveBack();
        }
    }

    private synchronized @Nullable ConnectionHandler owner() {
        return session;
    }
}
