// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import io.hubwire.OutboxPolicy;
import io.hubwire.internal.runtime.CoarseTimer;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Deadlines;
import io.hubwire.internal.session.SessionLife;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.session.SessionRef;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;

/**
 * Looks after sends, handlers, closes and credentials that take too long: one timer for each kind, shared by all sessions, and at most
 * one look at a time for each session that has something to look at. Thread-safe.
 */
public final class SessionDeadlines implements Deadlines {
    /** A credential that lives longer than this is looked at after it, which is as good as never. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final HubRuntime runtime;
    private final long sendNanos;
    private final CoarseTimer<SessionRef> sends;
    private final CoarseTimer<SessionRef> handlers;
    private final CoarseTimer<SessionRef> closes;
    private final CoarseTimer<SessionRef> expiries;

    /** With the limits of the hub's policy. */
    public SessionDeadlines(HubRuntime runtime, OutboxPolicy policy) {
        this.runtime = runtime;
        this.sendNanos = policy.sendTimeout().toNanos();
        this.sends = new CoarseTimer<>(runtime, "send deadline", (ref, late) -> checkSend(ref));
        this.handlers = new CoarseTimer<>(runtime, "handler deadline", (ref, late) -> checkHandler(ref));
        this.closes = new CoarseTimer<>(runtime, "close deadline", (ref, late) -> checkClose(ref));
        this.expiries = new CoarseTimer<>(runtime, "credential expiry", (ref, late) -> expire(ref));
    }

    @Override
    public void watchSend(ClientSession session) {
        sends.add(session.ref(), runtime.nanoTime() + sendNanos);
    }

    @Override
    public void watchHandler(ClientSession session, long dueNanos) {
        handlers.add(session.ref(), dueNanos);
    }

    @Override
    public void watchClose(ClientSession session, long delayNanos) {
        closes.add(session.ref(), runtime.nanoTime() + delayNanos);
    }

    /** Ends the session when its credential expires, which is in {@code left} from now; at once if that is negative. */
    public void watchExpiry(ClientSession session, Duration left) {
        Duration within = left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST) > 0 ? LONGEST : left;
        expiries.add(session.ref(), runtime.nanoTime() + within.toNanos());
    }

    /** Ends all watching. */
    public void close() {
        sends.close();
        handlers.close();
        closes.close();
        expiries.close();
    }

    private void checkSend(SessionRef ref) {
        ClientSession session = ref.session();
        if (session == null) {
            return;
        }
        long since = session.outbox().operationSinceOrUnwatch();
        if (since == Long.MIN_VALUE) {
            return;
        }
        if (runtime.nanoTime() - since >= sendNanos) {
            session.end(CloseReason.SLOW_CONSUMER, Ending.CUT);
        } else {
            sends.add(ref, since + sendNanos);
        }
    }

    private void checkHandler(SessionRef ref) {
        ClientSession session = ref.session();
        if (session != null) {
            session.mailbox().checkTime(runtime.nanoTime());
        }
    }

    private void checkClose(SessionRef ref) {
        ClientSession session = ref.session();
        long again = session == null ? SessionLife.NEVER : session.life().closeOrAbort();
        if (again != SessionLife.NEVER) {
            closes.add(ref, again);
        }
    }

    private static void expire(SessionRef ref) {
        ClientSession session = ref.session();
        if (session != null) {
            session.end(CloseReason.CREDENTIALS_EXPIRED, Ending.DRAINED);
        }
    }
}
