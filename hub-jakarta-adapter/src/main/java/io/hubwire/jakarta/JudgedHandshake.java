// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that was accepted before the container saw it, for as long as the container works on it, on the one
 * thread that does.
 *
 * @param gate who judged it
 */
record JudgedHandshake(HandshakeGate gate, SocketTicket ticket) {
    /** An action of a container. */
    @FunctionalInterface
    interface Upgrade<T, E extends Exception> {
        T perform() throws E;
    }

    private static final ThreadLocal<@Nullable JudgedHandshake> CURRENT = new ThreadLocal<>();

    /** Lets the container upgrade. */
    <T, E extends Exception> T during(Upgrade<T, E> upgrade) throws E {
        CURRENT.set(this);
        try {
            return upgrade.perform();
        } finally {
            CURRENT.remove();
        }
    }

    /** What this gate has decided about the handshake that this thread is working on, if it has. */
    static Optional<SocketTicket> ticketFor(HandshakeGate gate) {
        return Optional.ofNullable(CURRENT.get())
                .filter(judged -> judged.gate == gate)
                .map(JudgedHandshake::ticket);
    }
}
