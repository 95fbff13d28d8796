// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import java.time.Duration;
import java.util.Optional;

/** What became of a handshake. */
public sealed interface HandshakeResult {
    /**
     * No: the adapter answers with plain HTTP and does not upgrade.
     *
     * @param status an HTTP status, 400–599
     * @param retryAfter when the client may try again, with 429 and 503
     * @param text a short text for the response's body; safe to show
     */
    record Refused(int status, Optional<Duration> retryAfter, String text) implements HandshakeResult {
        /**
         * Checks the status.
         *
         * @throws IllegalArgumentException if it is not within 400–599
         */
        public Refused {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException("a handshake is refused with a status of 400-599, not " + status);
            }
        }
    }

    /**
     * Yes: a place in the hub is kept for the connection until it is opened or released, or until some seconds have
     * passed. Thread-safe.
     */
    non-sealed interface Accepted extends HandshakeResult {
        /**
         * The socket is open. Called once, before anything else is reported about it.
         *
         * <p>If the place is no longer kept, the connection is closed and the handler returned ignores what it is told.
         */
        ConnectionHandler open(Connection connection);

        /** What the adapter answers in {@code Sec-WebSocket-Protocol}; empty for no such header. */
        default Optional<String> subprotocol() {
            return Optional.empty();
        }

        /** The socket will not be opened: gives the place back. Without effect after {@link #open} or a second time. */
        void release();
    }
}
