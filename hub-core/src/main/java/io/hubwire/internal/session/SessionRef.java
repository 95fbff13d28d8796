// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import org.jspecify.annotations.Nullable;

/** What timers hold of a session, so that one that has ended is not kept until its last deadline. Thread-safe. */
public final class SessionRef {
    private volatile @Nullable ClientSession session;

    SessionRef(ClientSession session) {
        this.session = session;
    }

    /** The session, null after it is gone. */
    public @Nullable ClientSession session() {
        return session;
    }

    void clear() {
        session = null;
    }
}
