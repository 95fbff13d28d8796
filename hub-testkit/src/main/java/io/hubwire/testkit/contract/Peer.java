// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.io.IOException;
import java.time.Duration;

/**
 * The client's end of a connection: does exactly what it is told and nothing by itself, neither reading nor answering a
 * ping or a close. One thread may send while another receives.
 *
 * <p>{@link RawPeer} is the one for transports over TCP; a transport in memory brings its own.
 */
public interface Peer extends AutoCloseable {
    /** The answer to the handshake; waits for it. */
    HttpReply reply() throws IOException;

    /** Sends these frames as they are, masked, in one write. */
    Peer send(RawFrame... frames) throws IOException;

    /** Sends a frame without a mask, as a client must not. */
    Peer sendUnmasked(RawFrame frame) throws IOException;

    /**
     * The next frame of any kind.
     *
     * @throws java.net.SocketTimeoutException if none comes in time
     * @throws java.io.EOFException or another kind of {@code IOException} if the connection has ended
     */
    RawFrame receive() throws IOException;

    /**
     * Reads until the other side has ended the connection, whatever comes before.
     *
     * @throws java.net.SocketTimeoutException if it does not end in time
     */
    void awaitEnd() throws IOException;

    /** Whether nothing arrives for some time: neither a frame nor the end. */
    boolean isQuietFor(Duration time) throws IOException;

    /** Whether the other side lets go of the connection in time; found out without reading. */
    boolean isCutWithin(Duration limit);

    /** Sends no more, but could still read. */
    void halfClose() throws IOException;

    /** Ends the connection with a reset. */
    void reset() throws IOException;

    /** Ends the connection without a close frame. Idempotent. */
    @Override
    void close() throws IOException;
}
