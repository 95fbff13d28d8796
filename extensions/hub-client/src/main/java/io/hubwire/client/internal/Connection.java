// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.protocol.CloseReason;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to be connected, from the token over the hello to the end. What a container says of it after the end means nothing.
 *
 * <p>Used from the lane; what a container says goes there.
 */
final class Connection {
    private static final long TOKEN_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long HELLO_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A container's thread waits no longer for an application that does not keep up. */
    private static final long ROOM_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Whose connection it is. */
    interface Owner {
        /** What to say first. */
        String hello(String token);

        void established(Connection connection, Incoming answer);

        /** An envelope after the hello; its number, or 0 if it is not counted. */
        void received(Connection connection, Incoming envelope, long number);

        /** Told once. */
        void ended(Connection connection, CloseReason reason);
    }

    private final ClientContext context;
    private final Outgoing outgoing;
    private final Owner owner;
    private final LaneTimer timer;
    private @Nullable ClientSocket socket;
    private boolean isEstablished;
    /** Written in the lane; a container's thread looks before it waits. */
    private volatile boolean hasEnded;

    Connection(ClientContext context, Outgoing outgoing, Owner owner) {
        this.context = context;
        this.outgoing = outgoing;
        this.owner = owner;
        this.timer = context.timer();
    }

    void begin(TokenSource tokens, SocketOpener sockets) {
        timer.arm(TOKEN_NANOS, () -> lost("no token came in time"));
        tokens.forConnection(token -> open(token, sockets), this::end);
    }

    private void open(String token, SocketOpener sockets) {
        if (!hasEnded) {
            timer.arm(
                    context.settings().connectTimeout().toNanos(), () -> lost("the hub could not be reached in time"));
            sockets.open(context.settings().uri(), new Opening(token));
        }
    }

    /** Brings what a container says into the lane. */
    private final class Opening implements SocketListener {
        private final String token;

        Opening(String token) {
            this.token = token;
        }

        @Override
        public boolean isPointless() {
            return hasEnded;
        }

        @Override
        public void opened(ClientSocket opened) {
            context.lane().run(() -> sayHello(opened, token));
        }

        @Override
        public void text(String text) {
            Connection.this.text(text);
        }

        @Override
        public void closed(int code, String text) {
            Connection.this.closed(code, text);
        }
    }

    private void sayHello(ClientSocket opened, String token) {
        if (hasEnded) {
            opened.close(CloseReason.NORMAL.code(), "too late");
            return;
        }
        socket = opened;
        timer.arm(HELLO_NANOS, () -> lost("the hub did not answer the hello in time"));
        outgoing.attach(opened, owner.hello(token), () -> lost("a message could not be sent"));
    }

    private void text(String text) {
        if (hasEnded) {
            return;
        }
        if (!context.dispatch().awaitRoom(ROOM_NANOS)) {
            context.lane().run(() -> close(ClientCloses.BEHIND));
            return;
        }
        try { // here, and not in the lane: an application's thread may be the one that drains it
            IncomingFrame frame = context.wire().read(text);
            context.lane().run(() -> read(frame));
        } catch (IllegalArgumentException malformed) {
            context.lane().run(this::unreadable);
        }
    }

    private void closed(int code, String text) {
        context.lane().run(() -> end(ClientCloses.of(code, text)));
    }

    private void read(IncomingFrame frame) {
        try {
            take(frame);
        } catch (IllegalArgumentException malformed) {
            unreadable();
        }
    }

    private void unreadable() {
        close(ClientCloses.positionLost("a frame could not be read"));
    }

    private void take(IncomingFrame frame) {
        long next = frame.first();
        for (Incoming envelope : frame.envelopes()) {
            long number = frame.first() > 0 && envelope.isCounted() ? next++ : 0;
            take(envelope, number);
        }
    }

    /** Before the hello is answered, nothing else is for us; afterwards no hello is. Behind one that is an error comes a close. */
    private void take(Incoming envelope, long number) {
        boolean isHello = envelope.event().equals("hub/hello");
        if (hasEnded || isHello == isEstablished) {
            return;
        }
        if (isHello && envelope.code() != 0) {
            return;
        }
        if (isHello) {
            isEstablished = true;
            timer.cancel();
            owner.established(this, envelope);
        } else {
            owner.received(this, envelope, number);
        }
    }

    /** Closes it from this side. */
    void close(CloseReason reason) {
        if (socket != null && !hasEnded) {
            socket.close(reason.code(), reason.text());
        }
        end(reason);
    }

    private void lost(String why) {
        if (!hasEnded) {
            if (socket != null) {
                socket.close(CloseReason.GOING_AWAY.code(), why);
            }
            end(ClientCloses.lost(why));
        }
    }

    private void end(CloseReason reason) {
        if (hasEnded) {
            return;
        }
        hasEnded = true;
        timer.cancel();
        if (socket != null) {
            outgoing.detach();
        }
        owner.ended(this, reason);
    }
}
