// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A hub as an adapter sees it. Thread-safe. */
public interface ConnectionAcceptor {
    /**
     * Judges a handshake before it is answered: limits first, then the application's authenticator.
     *
     * <p>Does not block unless the application's authenticator does. The stage always completes, with a result and never with
     * an exception, at the latest after {@link #admissionTimeout()}, on any thread.
     */
    CompletionStage<HandshakeResult> admit(Handshake handshake);

    /** How long {@link #admit} may take; an adapter's own backstop must be longer. */
    Duration admissionTimeout();
}
