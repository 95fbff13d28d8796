// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Wraps the handling of every event, before its payload is bound; sees unknown events too, but none that is handled
 * {@linkplain Route#outOfBand() out of band}.
 *
 * <p>Runs where the handler runs, in the client's order. The first that was installed is the outermost.
 */
@FunctionalInterface
public interface Middleware {
    /** What comes next: another middleware, or the handler. */
    @FunctionalInterface
    interface Next {
        /**
         * Goes on, once. When the message has been answered meanwhile, with 1401 because its time was over, nothing is called any
         * more.
         *
         * @return the handler's result, or its failure, 1401 if it is too late; completed on return unless the handler is
         *     asynchronous
         */
        CompletionStage<@Nullable Object> proceed();
    }

    /**
     * Called once for each message. Its result, or the exception thrown, takes the place of the handler's.
     */
    CompletionStage<@Nullable Object> handle(Invocation invocation, Next next) throws Exception;
}
