// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.ConnectionState;
import io.hubwire.client.StateChange;
import io.hubwire.client.internal.Incoming.Body;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps one client connected: makes a connection, and the next one when it ends, until one ends for good. Used from the lane only. */
final class ConnectionKeeper implements Connection.Owner {
    private final ClientContext context;
    private final SocketOpener sockets;
    private final TokenSource tokens;
    private final Conversation conversation;
    private final Heartbeat heartbeat;
    private final ReturnPlan plan;
    private final LaneTimer retry;
    private final Listeners<StateChange> listeners = new Listeners<>();
    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private @Nullable Connection connection;

    ConnectionKeeper(ClientContext context, SocketOpener sockets, TokenSource tokens, Conversation conversation) {
        this.context = context;
        this.sockets = sockets;
        this.tokens = tokens;
        this.conversation = conversation;
        this.plan = new ReturnPlan(context.runtime());
        this.retry = context.timer();
        this.heartbeat =
                new Heartbeat(context.runtime(), context.timer(), context.dispatch()::isFull, new HeartbeatActions());
    }

    private final class HeartbeatActions implements Heartbeat.Actions {
        @Override
        public void ping() {
            conversation.ping();
        }

        @Override
        public void lost() {
            if (connection != null) {
                connection.close(CloseReason.HEARTBEAT_TIMEOUT);
            }
        }
    }

    ConnectionState state() {
        return state;
    }

    Listeners<StateChange> listeners() {
        return listeners;
    }

    void connect() {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        if (context.dispatch().isBehind()) {
            comeBack(ClientCloses.BEHIND);
            return;
        }
        change(ConnectionState.CONNECTING, null, Duration.ZERO);
        connection = new Connection(context, conversation.outgoing(), this);
        connection.begin(tokens, sockets);
    }

    /** For good, by the application. */
    void close() {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        Connection last = connection;
        connection = null;
        finish(CloseReason.NORMAL, true);
        if (last != null) {
            last.close(CloseReason.NORMAL);
        }
    }

    @Override
    public String hello(String token) {
        return conversation.hello(token);
    }

    @Override
    public void established(Connection by, Incoming answer) {
        Body hello = answer.body();
        Body advice = hello.field("reconnect");
        plan.greeted(advice.field("minMs").asLong(0), advice.field("maxMs").asLong(0));
        Body beat = hello.field("heartbeat");
        heartbeat.advise(
                beat.field("intervalMs").asLong(0), beat.field("timeoutMs").asLong(0));
        heartbeat.start();
        boolean isResumed = hello.field("resumed").bind(Boolean.class) == Boolean.TRUE;
        tell(new StateChange(ConnectionState.OPEN, isResumed, Optional.empty(), Duration.ZERO));
        conversation.begin(hello, isResumed);
    }

    @Override
    public void received(Connection by, Incoming envelope, long number) {
        heartbeat.heard();
        if (envelope.event().equals("hub/drain")) {
            plan.drained(envelope.body().field("reconnectInMs").asLong(0));
            return;
        }
        long before = conversation.last();
        if (!conversation.received(envelope, number)) {
            by.close(ClientCloses.positionLost("expected another number than " + number));
        } else if (conversation.last() > before) {
            plan.brought();
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the connection that is still the one
    public void ended(Connection by, CloseReason reason) {
        if (connection != by) {
            return;
        }
        connection = null;
        heartbeat.stop();
        conversation.pause();
        tokens.ended(reason);
        if (plan.isFinal(reason) || tokens.hasRunOut()) {
            finish(reason, false);
        } else {
            comeBack(reason);
        }
    }

    private void comeBack(CloseReason reason) {
        if (reason.code() == CloseReason.CREDENTIALS_REVOKED.code()) {
            conversation.forget();
        }
        long delay = plan.delayNanos(reason);
        change(ConnectionState.WAITING, reason, Duration.ofNanos(delay));
        retry.arm(delay, this::connect);
    }

    private void finish(CloseReason reason, boolean isMuted) {
        retry.cancel();
        heartbeat.stop();
        conversation.forget();
        conversation.pause();
        conversation.close(isMuted);
        change(ConnectionState.CLOSED, reason, Duration.ZERO);
    }

    private void change(ConnectionState next, @Nullable CloseReason reason, Duration retryIn) {
        tell(new StateChange(next, false, Optional.ofNullable(reason), retryIn));
    }

    private void tell(StateChange news) {
        state = news.state();
        context.dispatch().call(() -> listeners.tell(news));
    }
}
