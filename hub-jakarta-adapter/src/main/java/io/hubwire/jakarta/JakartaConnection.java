// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A container's session as the hub sees it. Thread-safe.
 *
 * <p>One asynchronous send is in flight at most, as the hub promises; the container is given no send timeout, since
 * after one some report success, and some keep a session that is neither open nor closed. The hub itself watches the
 * age of a send.
 */
final class JakartaConnection implements Connection, SendHandler {
    private static final System.Logger LOG = System.getLogger(JakartaConnection.class.getName());
    private static final QuietLog CALLBACK_FAILED = new QuietLog(JakartaConnection.class);
    private static final AtomicReferenceFieldUpdater<JakartaConnection, @Nullable SendCallback> IN_FLIGHT =
            AtomicReferenceFieldUpdater.newUpdater(JakartaConnection.class, SendCallback.class, "inFlight");

    private final Session session;
    private final AbortWay abortWay;
    private volatile @Nullable SendCallback inFlight;

    /** Why the hub has ended it, null while it has not: what containers report of such an end is not the same. */
    private volatile @Nullable CloseReason ending;

    JakartaConnection(Session session) {
        this(session, AbortWay.of(session));
    }

    JakartaConnection(Session session, AbortWay abortWay) {
        this.session = session;
        this.abortWay = abortWay;
    }

    @Override
    public void send(Frame frame, SendCallback done) {
        inFlight = done;
        try {
            session.getAsyncRemote().sendText(frame.text(), this);
        } catch (RuntimeException | Error e) {
            complete(e);
        }
    }

    /**
     * The container's answer to a send: inside {@link #send} or on any thread later. One that comes after a close is not
     * believed: Undertow then reports success for what it has written half of.
     */
    @Override
    public void onResult(SendResult result) {
        complete(result.isOK() && ending != null ? new IOException("the connection is closed") : result.getException());
    }

    private void complete(@Nullable Throwable failure) {
        SendCallback done = IN_FLIGHT.getAndSet(this, null);
        if (done == null) {
            return;
        }
        try {
            done.completed(failure);
        } catch (Throwable e) {
            CALLBACK_FAILED.log(System.Logger.Level.ERROR, "completing a send failed", e);
        }
    }

    @Override
    public void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException e) {
            throw new UncheckedIOException("the ping could not be sent", e); // the hub then cuts the connection
        }
    }

    /** The hub's own reason, if the hub has closed or cut it. */
    Optional<CloseReason> ending() {
        return Optional.ofNullable(ending);
    }

    private void endsFor(CloseReason reason) {
        if (ending == null) {
            ending = reason;
        }
    }

    /** The peer has closed, and the container has answered. */
    void peerClosed() {
        try {
            abortWay.peerClosed(session);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a closed socket is gone", e);
        }
    }

    @Override
    public void close(CloseReason reason) {
        endsFor(reason);
        boolean isSending = inFlight != null;
        try {
            if (isSending) {
                SessionSettings.hurry(session);
            }
            session.close(CloseReasons.toSend(reason, isSending));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "a close was not sent", e);
        }
    }

    @Override
    public void abort() {
        endsFor(CloseReason.CONNECTION_LOST);
        try {
            abortWay.abort(session);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "an abort found the socket gone", e);
        }
        failInFlight();
    }

    /**
     * Nothing more will come of the socket: a send in flight has failed, even if the container keeps silent about it.
     */
    void failInFlight() {
        complete(new IOException("the connection is closed"));
    }
}
