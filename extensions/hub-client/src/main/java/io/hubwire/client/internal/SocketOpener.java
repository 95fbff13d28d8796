// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.net.URI;

/** Opens connections with the subprotocol {@code hubwire.v1}: the seam between the engine and a container. Thread-safe. */
@FunctionalInterface
public interface SocketOpener {
    /** The subprotocol that is asked for. */
    String SUBPROTOCOL = "hubwire.v1";

    /** Returns at once. The listener hears {@code opened}, or {@code closed} if that fails; never from inside this call. */
    void open(URI uri, SocketListener listener);
}
