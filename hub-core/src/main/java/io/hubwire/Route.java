// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * The options of one event, set while it is registered. For one thread.
 *
 * @param <T> the payload's type
 */
public interface Route<T> {
    /**
     * Only these clients may send it, others get 1103. Judged before the payload is bound; all rules must agree. A throw denies
     * as well, and is answered and logged as a handler's failure is.
     */
    Route<T> allow(Predicate<? super Client> rule);

    /**
     * Only these payloads are handled, others get 1002 with the path.
     *
     * <p>A field that the client leaves out is null in the payload; a primitive one must be there. A rule that throws a
     * {@link NullPointerException} counts as broken, so a rule for a field demands the field as well; whatever else it throws
     * is answered and logged as a handler's failure is.
     *
     * @param path the field that the rule is about, such as {@code cents}; empty for the payload itself
     */
    Route<T> validate(String path, Predicate<? super T> rule);

    /**
     * How long the handler may take, default {@link InboundLimits#handlerTime()}: then the client gets 1401, and the handler's
     * thread is interrupted. An asynchronous handler's stage is forgotten instead, and the client's next message is handled.
     *
     * <p>A synchronous handler that is {@link #nonBlocking()} or {@link #outOfBand()} cannot be limited, and the registration
     * fails with {@link IllegalArgumentException}.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    Route<T> timeout(Duration timeout);

    /** The handler is short and never waits: it runs on the thread that delivered the message when nothing of its client waits. */
    Route<T> nonBlocking();

    /**
     * The handler is short, never waits, and does not care for order: it runs at once on the thread that delivered the
     * message, even while another handler of its client is busy. Middleware does not see it. A message that comes before
     * {@code onConnect} is over waits for that.
     */
    Route<T> outOfBand();
}
