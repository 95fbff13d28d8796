// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket: passes on to the hub what the container reports. Public for the container's sake; applications have no
 * use for it.
 *
 * <p>The container calls it for one message at a time. Nothing thrown here reaches the container, each of which does
 * something else about it.
 */
public final class HubSocket extends Endpoint {
    private static final System.Logger LOG = System.getLogger(HubSocket.class.getName());
    private static final QuietLog FAILED = new QuietLog(HubSocket.class);
    private static final CloseReason INTERNAL_ERROR = new CloseReason(1011, "internal error");

    private final AtomicBoolean isEndTold = new AtomicBoolean();
    private volatile @Nullable JakartaConnection connection;
    private volatile @Nullable ConnectionHandler handler;
    private volatile @Nullable CloseReason closed;
    private volatile boolean isTextBroken;

    /** A socket that is not open yet; it learns from the session's user properties whose it is. */
    public HubSocket() {}

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Optional<HandshakeResult> result = Optional.empty();
        try {
            Optional<SocketTicket> ticket = SocketTicket.of(session, config);
            result = ticket.flatMap(SocketTicket::takeResult);
            AbortWay abortWay = ticket.flatMap(SocketTicket::abortWay).orElseGet(() -> AbortWay.of(session));
            open(session, result, new JakartaConnection(session, abortWay));
        } catch (Throwable e) {
            result.ifPresent(HandshakeGate::giveUp);
            fail(session, "opening", e);
        }
    }

    private void open(Session session, Optional<HandshakeResult> result, JakartaConnection opened) {
        HandshakeResult found = result.orElse(null);
        if (found instanceof HandshakeResult.Refused refused) {
            opened.close(CloseReasons.insteadOf(refused));
        } else if (found instanceof HandshakeResult.Accepted place && session.isOpen()) {
            SessionSettings.apply(session);
            connection = opened;
            handler = place.open(opened);
            receiveUnlessClosed(session);
            tellEnd(); // the hub may have closed it while it was opening, before there was anybody to tell
        } else {
            result.ifPresent(HandshakeGate::giveUp);
            opened.close(CloseReason.GOING_AWAY);
        }
    }

    private void receiveUnlessClosed(Session session) {
        try {
            receive(session);
        } catch (IllegalStateException e) {
            if (session.isOpen()) {
                throw e;
            }
        }
    }

    /** Handlers are added by class: a lambda alone does not tell a container what it takes. */
    private void receive(Session session) {
        session.addMessageHandler(String.class, (part, isLast) -> {
            if (!isTextBroken) {
                tell(session, told -> told.onText(part, isLast));
            }
        });
        session.addMessageHandler(
                ByteBuffer.class,
                (part, isLast) -> tell(session, told -> told.onViolation(CloseReason.UNSUPPORTED_DATA)));
        session.addMessageHandler(PongMessage.class, pong -> tell(session, ConnectionHandler::onPong));
    }

    private void tell(Session session, Consumer<ConnectionHandler> news) {
        ConnectionHandler told = handler;
        if (told == null) {
            return;
        }
        try {
            news.accept(told);
        } catch (Throwable e) {
            fail(session, "receiving", e);
        }
    }

    @Override
    public void onClose(Session session, jakarta.websocket.CloseReason reason) {
        try {
            JakartaConnection opened = connection;
            Optional<CloseReason> own = opened == null ? Optional.empty() : opened.ending();
            closed = own.orElseGet(() -> CloseReasons.received(reason, session));
            if (opened != null && own.isEmpty()) {
                opened.peerClosed();
            }
            tellEnd();
        } catch (Throwable e) {
            FAILED.log(System.Logger.Level.ERROR, "closing a socket failed", e);
        }
    }

    /**
     * Tells the hub of the end, once there is one and somebody to tell, and lets go of what is the hub's: Tomcat keeps a socket
     * for ever if a send failed while it was reading from it. The end comes before the failure of a send in flight, which
     * would be taken for its reason.
     */
    private void tellEnd() {
        ConnectionHandler told = handler;
        CloseReason heard = closed;
        JakartaConnection opened = connection;
        if (told == null || heard == null || opened == null || !isEndTold.compareAndSet(false, true)) {
            return;
        }
        told.onClosed(heard);
        opened.failInFlight();
        handler = null;
        connection = null;
    }

    /** Only noted: either a close is reported as well, before or after, with its code, or the send in flight fails. */
    @Override
    public void onError(Session session, Throwable failure) {
        isTextBroken |= failure instanceof UnsupportedEncodingException; // behind it, Undertow still reads on
        LOG.log(System.Logger.Level.DEBUG, "a socket failed", failure);
    }

    private static void fail(Session session, String doing, Throwable failure) {
        FAILED.log(System.Logger.Level.ERROR, doing + " failed, the socket is closed", failure);
        new JakartaConnection(session).close(INTERNAL_ERROR);
    }
}
