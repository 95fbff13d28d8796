// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.ResumePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a session of the {@code hubwire.v1} profile remembers by ids, whatever becomes of its connections: the questions to the client
 * that are open, and the messages of the client that were handled. Allocated on first use. Thread-safe.
 */
public final class Correspondence {
    @GuardedBy("this")
    private @Nullable PendingAsks asks;

    @GuardedBy("this")
    private @Nullable HandledIds handled;

    @GuardedBy("this")
    private boolean isClosed;

    /** How long ids of handled messages are remembered. */
    private final Duration window;

    Correspondence(ResumePolicy resume) {
        this.window = HandledIds.window(resume);
    }

    synchronized PendingAsks asks() {
        PendingAsks known = asks;
        if (known == null) {
            known = new PendingAsks();
            asks = known;
        }
        return known;
    }

    private synchronized @Nullable PendingAsks asksIfAny() {
        return asks;
    }

    /** The client has answered a question; ignored if that is not open. */
    public void answered(String id, Reply reply) {
        PendingAsks known = asksIfAny();
        if (known != null) {
            known.end(id, reply);
        }
    }

    /** The ids of the client's messages. */
    public synchronized HandledIds handled(ClientSession session) {
        HandledIds known = handled;
        if (known == null) {
            known = new HandledIds(session, window);
            handled = known;
            if (isClosed) {
                known.close();
            }
        }
        return known;
    }

    /** Forgets ids that are old, and looks after those that are left. */
    public void forgetOld(long nowNanos) {
        HandledIds known = handledIfAny();
        if (known != null && known.forgetOld(nowNanos)) {
            known.watch();
        }
    }

    private synchronized @Nullable HandledIds handledIfAny() {
        return handled;
    }

    /** The session is over, and its outbox takes nothing any more. */
    void close() {
        PendingAsks open;
        HandledIds ids;
        synchronized (this) {
            isClosed = true;
            open = asks;
            ids = handled;
        }
        if (open != null) {
            open.endAll();
        }
        if (ids != null) {
            ids.close();
        }
    }
}
