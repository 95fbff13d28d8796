// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request without holding a thread: until the stage completes, later messages of the client wait.
 *
 * <p>User code: never two at once for one client, in the order in which the client's messages arrived; handlers of different
 * clients overlap. It runs on the hub's executor and may block. What it throws fails its own message: an
 * {@link io.hubwire.protocol.EventException} is shown to the client, of anything else it sees an incident's id.
 *
 * <p>When the stage takes longer than {@link Route#timeout}, the client is told 1401 and its next message is handled: what still
 * runs for the stage then overlaps that one, its outcome is ignored, and to stop it is the handler's business.
 *
 * @param <Q> the payload's type
 * @param <A> the answer's type
 */
@FunctionalInterface
public interface AsyncRequestHandler<Q, A extends @Nullable Object> {
    /** Called once for each message. */
    CompletionStage<A> handle(Client client, Q payload) throws Exception;
}
