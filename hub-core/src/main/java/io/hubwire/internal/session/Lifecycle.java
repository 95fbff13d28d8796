// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.Audience;
import io.hubwire.Hub;
import io.hubwire.protocol.CloseReason;

/** What a session needs from the hub around it. Thread-safe. */
public interface Lifecycle {
    /** The hub itself. */
    Hub hub();

    /** The members of a group. */
    Audience group(String group);

    /** The client has entered a group: runs the application's callbacks on this thread. */
    void joined(ClientSession session, String group);

    /** The client has left a group: runs the application's callbacks on this thread. */
    void left(ClientSession session, String group);

    /** The session has ended: nobody may reach it any more. Does not run user code. */
    void ended(ClientSession session, CloseReason reason);

    /** The session's last handler is over: runs the application's callbacks on this thread. */
    void disconnected(ClientSession session, CloseReason reason);

    /** The session has lost its connection, or given it up, and goes on without. Called under a lock: does not run user code. */
    void detached(ClientSession session, CloseReason why);

    /** Nothing is left of a connection of a session that may go on. Does not run user code. */
    void connectionGone(ClientSession session);

    /**
     * More is kept for clients that may resume than is allowed. Called under a lock, for every message until there is room: runs nothing
     * on this thread.
     */
    void resumeBudgetIsFull();

    /** Nothing of the session is left: no handler, no connection. Does not run user code. */
    void gone(ClientSession session);
}
