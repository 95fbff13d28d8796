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
     * Whether it is answered already, by its result or with 1401 because its time was over. What is still done for it then may
     * overlap the client's next message, and its outcome reaches nobody.
     */
    boolean isOver();

    /**
     * Ends its client's membership of a group at the client's own wish: unlike {@link Client#leave} this is the client's decision, of
     * which only the answer tells it.
     *
     * @return whether it was a member
     */
    boolean leave(String group);

    /**
     * The body as a value; of a primitive's class too.
     *
     * @throws io.hubwire.spi.InvalidPayloadException if it is absent or does not fit; the client is told 1002
     */
    <T> T payloadAs(Class<T> type);
}
