// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.Hub;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * A transport that {@link TransportContract} judges: what an author of an adapter writes for it.
 *
 * <p>Called by one thread at a time.
 */
public interface TransportUnderTest {
    /** Where the hub is served: the path of every handshake. */
    String PATH = "/ws";

    /** A server that serves the hub. */
    interface Running extends AutoCloseable {
        /**
         * Sends a handshake and does not wait for the answer. Over TCP: {@code RawPeer.connect(port, handshake)}.
         *
         * <p>Called by several threads at once.
         */
        Peer connect(ClientHandshake handshake) throws IOException;

        /** Stops the server as it is stopped in production, with connections open. Idempotent. */
        @Override
        void close() throws IOException;
    }

    /** Its name and version, as the matrix shows it: {@code Tomcat 11.0.27}. */
    String name();

    /**
     * Starts a server that serves this hub at {@link #PATH}, and lets it choose its port. Some rules start a second one.
     *
     * <p>The hub is the kit's: it answers {@code start}, {@code acceptor} and {@code close}, and no other call.
     */
    Running start(Hub hub) throws Exception;

    /**
     * Rules that this transport is known to break, each by its id and with the reason. They are tried all the same; one
     * that holds fails, so that the list shrinks. Default none.
     */
    default Map<String, String> knownGaps() {
        return Map.of();
    }

    /** How long to wait for what should happen at once; default 10 s. */
    default Duration patience() {
        return Duration.ofSeconds(10);
    }
}
