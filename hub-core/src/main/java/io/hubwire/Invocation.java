// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.Payload;
import java.util.Optional;

/** One message on its way to its handler. Thread-safe. */
public interface Invocation {
    /** Who sent it. */
    Client client();

    /** The event's name, registered or not. */
    String event();

    /** The body, not yet bound. */
    Payload payload();

    /** What comes back on the answer. */
    Optional<String> id();

    /** Whether a handler is registered for the event; a catch-all does not count. */
    boolean isKnown();

    /**
     * The body as a value.
     *
     * @throws io.hubwire.spi.InvalidPayloadException if it is absent or does not fit; the client is told 1002
     */
    <T> T payloadAs(Class<T> type);
}
