// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

/** Watches over what a session has begun: calls back when it takes too long. Implementations do not block. */
public interface Deadlines {
    /** A send or a ping is in progress that did not complete at once. */
    void watchSend(ClientSession session);

    /** A handler runs that must be over at {@code dueNanos}. */
    void watchHandler(ClientSession session, long dueNanos);

    /** The session has ended and its connection is still there: looks again after {@code delayNanos}. */
    void watchClose(ClientSession session, long delayNanos);

    /** The client has sent messages with ids, which are old after {@code delayNanos}. */
    void watchIds(ClientSession session, long delayNanos);

    /** A client was asked, and has {@code delayNanos} to answer. */
    void watchQuestion(PendingAsk ask, long delayNanos);
}
