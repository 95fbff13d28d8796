// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.spi.ConnectionHandler;

/** The hub's end of a connection whose client has greeted. */
public interface GreetedConnection extends ConnectionHandler {
    /** Goes on with what came in one text with the hello; called once at most, before anything else. */
    void onRest(FirstText text);
}
