// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HandshakeResult;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that come and go, and are held by nobody afterwards but the transport. For one thread. */
final class Visitors {
    private static final CloseReason GOODBYE = new CloseReason(4400, "goodbye");

    private final Trial trial;
    private final BlockingQueue<Visit> opened = new LinkedBlockingQueue<>();

    Visitors(Trial trial) {
        this.trial = trial;
        trial.judging(handshake -> CompletableFuture.completedFuture(new Visit(opened)));
    }

    /** One comes, hears a text, and goes in one of five ways; returns what should soon be garbage. */
    List<WeakReference<?>> visit(int number) throws Exception {
        LoggedPeer peer = enter();
        Visit visit = opened.poll(trial.patience().toMillis(), TimeUnit.MILLISECONDS);
        if (visit == null) {
            throw new BrokenRule("a call of open", "none");
        }
        Connection connection = visit.connection();
        CompletableFuture<Void> sent = new CompletableFuture<>();
        connection.send(Frame.of("welcome"), failure -> sent.complete(null));
        trial.equal("the text at the peer", "welcome", peer.receiveText());
        trial.finish("the send to complete", sent, trial.patience());
        part(number % 5, peer, connection);
        trial.finish("onClosed of visit " + number, visit.ended, trial.patience());
        connection.abort(); // as a hub does when it is done with a connection
        peer.close();
        return List.of(new WeakReference<>(visit), new WeakReference<>(connection));
    }

    /** Tries twice: what stays of connections is in question here, not whether every handshake is understood. */
    private LoggedPeer enter() throws Exception {
        LoggedPeer peer = trial.dial(Trial.handshake());
        if (peer.reply().isUpgraded()) {
            return peer;
        }
        peer.close();
        LoggedPeer again = trial.dial(Trial.handshake());
        int status = again.reply().status();
        trial.equal("the status of the answer to a second handshake", 101, status);
        return again;
    }

    private static void part(int way, LoggedPeer peer, Connection connection) throws Exception {
        switch (way) {
            case 0 -> {
                peer.send(RawFrame.close(1000, "bye"));
                peer.receiveClose();
            }
            case 1 -> {
                connection.close(GOODBYE);
                peer.answer(peer.receiveClose());
            }
            case 2 -> peer.reset();
            case 3 -> peer.close();
            default -> connection.abort();
        }
    }

    private static final class Visit implements HandshakeResult.Accepted, ConnectionHandler {
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final BlockingQueue<Visit> opened;
        private volatile @Nullable Connection connection;

        Visit(BlockingQueue<Visit> opened) {
            this.opened = opened;
        }

        Connection connection() {
            Connection socket = connection;
            if (socket == null) {
                throw new BrokenRule("an open connection", "none");
            }
            return socket;
        }

        @Override
        public ConnectionHandler open(Connection socket) {
            connection = socket;
            opened.add(this);
            return this;
        }

        @Override
        public void release() {
            ended.complete(null);
        }

        @Override
        public void onText(String part, boolean last) {
            // visitors are only seen coming and going
        }

        @Override
        public void onPong() {
            // visitors are only seen coming and going
        }

        @Override
        public void onViolation(CloseReason reason) {
            // visitors are only seen coming and going
        }

        @Override
        public void onClosed(CloseReason reason) {
            ended.complete(null);
        }
    }
}
