// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Hub;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * How the clients of a {@link TestHub} reach its hub: in memory unless a test brings another, such as one over real
 * sockets.
 *
 * <p>One transport serves one hub. Called by one thread; what it calls may be called by any thread.
 */
public interface ClientTransport extends AutoCloseable {
    /** Whoever asked to connect. Thread-safe. */
    interface Answer {
        /** Whether anybody still waits; if not, the handshake may be abandoned. */
        boolean isAwaited();

        /** The hub may begin the session from now on: called once, and before the hub can. */
        void opening();

        /**
         * Yes. What arrives goes to the receiver that is returned, and nothing may arrive before. Over a network a socket
         * may be open before the session has begun: a transport that can tell says yes when it has.
         */
        ClientLink.Receiver accepted(ClientLink link);

        /** No, with an HTTP status; {@code text} is the body. */
        void refused(int status, String text, Optional<Duration> retryAfter);

        /** The handshake ended without an answer: for a {@link ClientTransport#connect} that has returned before. */
        void failed(IOException reason);
    }

    /**
     * Begins to serve a hub that has been started. Called once, first.
     *
     * @throws IOException if there is no network to be had
     */
    void start(Hub hub) throws IOException;

    /**
     * Asks to connect. May wait until the handshake is answered, for some seconds; if it does not, it answers later.
     *
     * @throws IOException if the handshake ended without an answer; if that is known later, {@link Answer#failed} says so
     */
    void connect(ConnectRequest request, Answer answer) throws IOException;

    /** Cuts what is left, and frees threads and ports. Called once, after the hub has shut down. */
    @Override
    void close();
}
