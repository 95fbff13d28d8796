// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.Hub;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What a transport does wrong: between a good one and the contract. Each method is right until it is overridden. */
class Fault {
    /** A connection that passes everything on. */
    static class Passing implements Connection {
        final Connection good;

        Passing(Connection good) {
            this.good = good;
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            good.send(frame, done);
        }

        @Override
        public void ping() {
            good.ping();
        }

        @Override
        public void close(CloseReason reason) {
            good.close(reason);
        }

        @Override
        public void abort() {
            good.abort();
        }
    }

    /** The same for a hub's end. */
    static class PassingHandler implements ConnectionHandler {
        final ConnectionHandler good;

        PassingHandler(ConnectionHandler good) {
            this.good = good;
        }

        @Override
        public void onText(String part, boolean last) {
            good.onText(part, last);
        }

        @Override
        public void onPong() {
            good.onPong();
        }

        @Override
        public void onViolation(CloseReason reason) {
            good.onViolation(reason);
        }

        @Override
        public void onClosed(CloseReason reason) {
            good.onClosed(reason);
        }
    }

    /** The same for a peer. */
    static class PassingPeer implements Peer {
        final Peer good;

        PassingPeer(Peer good) {
            this.good = good;
        }

        @Override
        public HttpReply reply() throws IOException {
            return good.reply();
        }

        @Override
        public Peer send(RawFrame... frames) throws IOException {
            RawFrame[] sent = new RawFrame[frames.length];
            for (int i = 0; i < frames.length; i++) {
                sent[i] = outgoing(frames[i]);
            }
            good.send(sent);
            return this;
        }

        RawFrame outgoing(RawFrame frame) {
            return frame;
        }

        RawFrame incoming(RawFrame frame) {
            return frame;
        }

        @Override
        public Peer sendUnmasked(RawFrame frame) throws IOException {
            good.sendUnmasked(frame);
            return this;
        }

        @Override
        public RawFrame receive() throws IOException {
            return incoming(good.receive());
        }

        @Override
        public void awaitEnd() throws IOException {
            good.awaitEnd();
        }

        @Override
        public boolean isQuietFor(Duration time) throws IOException {
            return good.isQuietFor(time);
        }

        @Override
        public boolean isCutWithin(Duration limit) {
            return good.isCutWithin(limit);
        }

        @Override
        public void halfClose() throws IOException {
            good.halfClose();
        }

        @Override
        public void reset() throws IOException {
            good.reset();
        }

        @Override
        public void close() throws IOException {
            good.close();
        }
    }

    /** What the hub sees of a handshake. */
    Handshake handshake(Handshake good) {
        return good;
    }

    /** What becomes of the hub's decision. */
    CompletionStage<HandshakeResult> decision(CompletionStage<HandshakeResult> good) {
        return good;
    }

    /** How a place is opened. */
    ConnectionHandler open(HandshakeResult.Accepted place, Connection connection) {
        return place.open(connection);
    }

    /** How a place is released. */
    void release(HandshakeResult.Accepted place) {
        place.release();
    }

    /** What the hub drives. */
    Connection connection(Connection good) {
        return good;
    }

    /** What the transport tells. */
    ConnectionHandler handler(ConnectionHandler good, Connection connection) {
        return good;
    }

    /** What the peer asks for. */
    ClientHandshake asking(ClientHandshake good) {
        return good;
    }

    /** What the peer does. */
    Peer peer(Peer good) {
        return good;
    }

    /** What stopping the transport does to the hub. */
    void closeHub(Hub good) {
        good.close();
    }

    /** The transport is about to be stopped. */
    void stopping() {}
}
