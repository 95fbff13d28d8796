// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import io.hubwire.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * An open socket, driven by the hub and implemented by an adapter.
 *
 * <p>The hub calls {@link #send} and {@link #ping} one at a time: never before the previous send has completed.
 * {@link #close} and {@link #abort} may come at any time, from any thread, also twice, and also before
 * {@link HandshakeResult.Accepted#open} has returned.
 */
public interface Connection {
    /** Told how a send ended: once, by any thread, inside {@link #send} or later. */
    @FunctionalInterface
    interface SendCallback {
        /** The frame was handed to the network, or {@code failure} says why it was not. */
        void completed(@Nullable Throwable failure);
    }

    /**
     * Sends one text message.
     *
     * <p>Never blocks. Completes {@code done} once the network took the frame; a peer that does not read delays that. An
     * exception thrown from here counts as a failure of the send, and {@code done} may be called as well.
     */
    void send(Frame frame, SendCallback done);

    /** Sends a protocol ping (RFC 6455 §5.5.2). May block for a short time; called on a thread that may. */
    void ping();

    /**
     * Starts the closing handshake: sends a close frame behind what was sent before, and ends the connection when the peer
     * answers. May block for a short time; called on a thread that may.
     */
    void close(CloseReason reason);

    /**
     * Ends the connection at once, without a close frame if need be: afterwards no send is pending and the socket is gone or
     * about to be. May block for a short time; called on a thread that may.
     */
    void abort();
}
