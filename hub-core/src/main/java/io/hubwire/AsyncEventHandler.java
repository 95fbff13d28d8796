// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.concurrent.CompletionStage;

/**
 * Handles an event without holding a thread: until the stage completes, later messages of the client wait. Its answer, if the message
 * had an id, carries no data, whatever the stage completes with.
 *
 * <p>User code: never two at once for one client, in the order in which the client's messages arrived; handlers of different
 * clients overlap. It runs on the hub's executor and may block. What it throws fails its own message: an
 * {@link io.hubwire.protocol.EventException} is shown to the client, of anything else it sees an incident's id.
 *
 * <p>When the stage takes longer than {@link Route#timeout}, the client is told 1401 and its next message is handled: what still
 * runs for the stage then overlaps that one, its outcome is ignored, and to stop it is the handler's business.
 *
 * @param <T> the payload's type
 */
@FunctionalInterface
public interface AsyncEventHandler<T> {
    /** Called once for each message. */
    CompletionStage<?> handle(Client client, T payload) throws Exception;
}
