// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

/**
 * Handles an event. Its answer, if the message had an id, carries no data.
 *
 * <p>User code: never two at once for one client, in the order in which the client's messages arrived; handlers of different
 * clients overlap. It runs on the hub's executor and may block. What it throws fails its own message: an
 * {@link io.hubwire.protocol.EventException} is shown to the client, of anything else it sees an incident's id.
 *
 * @param <T> the payload's type
 */
@FunctionalInterface
public interface EventHandler<T> {
    /** Called once for each message. */
    void handle(Client client, T payload) throws Exception;
}
