// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.CloseReason;
import java.time.Duration;

/**
 * The client's end of one open connection: what a {@link TestClient} does is done here.
 *
 * <p>Called by the test's thread, and by a handler that lets a client act. No call waits for the hub. What a link cannot
 * do throws {@link UnsupportedOperationException}, which is the default; the connection in memory can do all.
 */
public interface ClientLink {
    /** Hears what arrives at the client's end. Called one at a time, in order, by any thread. */
    interface Receiver {
        /** A whole text message. */
        void onText(String text);

        /** A protocol ping; the link answers it by itself. A link that cannot see pings never calls this. */
        void onPing();

        /** The connection is gone: 1006 if no close frame came. Called once, last. */
        void onClosed(CloseReason reason);
    }

    /** Sends a text message or a part of one. */
    void sendText(String part, boolean last);

    /** Says goodbye with a close frame. */
    void sayGoodbye(CloseReason reason);

    /** Sends a binary message. */
    default void sendBinary(byte[] message) {
        throw cannot("send a binary message");
    }

    /** Lets the hub's end report that the client did what the hub does not allow. */
    default void violate(CloseReason reason) {
        throw cannot("report a violation of its own choice");
    }

    /** Sends a protocol pong that nobody asked for. */
    default void pong() {
        throw cannot("send a pong");
    }

    /** Cuts the connection without a close frame. */
    default void drop() {
        throw cannot("cut the connection without a close frame");
    }

    /** Lets nothing through in either direction any more, and tells nobody. */
    default void vanish() {
        throw cannot("vanish");
    }

    /** Reads nothing more. */
    default void stopReading() {
        throw cannot("stop reading");
    }

    /**
     * Reads what has piled up, and goes on.
     *
     * @throws IllegalStateException if it has vanished
     */
    default void resumeReading() {
        throw cannot("read again");
    }

    /** Answers no protocol ping from now on. */
    default void ignorePings() {
        throw cannot("ignore pings");
    }

    /** Lets the hub's next send on this connection fail. */
    default void failNextSend() {
        throw cannot("let the hub's next send fail");
    }

    /** Lets what is sent from now on, in either direction, arrive later; order is kept. */
    default void latency(Duration oneWay) {
        throw cannot("delay what is sent");
    }

    private UnsupportedOperationException cannot(String what) {
        return new UnsupportedOperationException(
                getClass().getSimpleName() + " cannot " + what + ": use the connection in memory for this test");
    }
}
