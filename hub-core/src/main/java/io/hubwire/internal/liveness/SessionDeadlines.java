// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import io.hubwire.OutboxPolicy;
import io.hubwire.internal.runtime.CoarseTimer;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Deadlines;
import io.hubwire.internal.session.PendingAsk;
import io.hubwire.internal.session.Resumption;
import io.hubwire.internal.session.SessionLife;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.session.SessionRef;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;

/**
 * Looks after sends, handlers, closes, credentials and questions that take too long: one timer for each kind, shared by all sessions,
 * and, but for questions, at most one look at a time for each session that has something to look at. Thread-safe.
 */
public final class SessionDeadlines implements Deadlines {
    /** So long a question that was answered may be held by the timer, whatever its timeout. */
    private static final long LOOK_NANOS = Duration.ofMinutes(1).toNanos();

    private record QuestionDeadline(PendingAsk ask, long dueNanos) {}

    private final HubRuntime runtime;
    private final long sendNanos;
    private final CoarseTimer<SessionRef> sends;
    private final CoarseTimer<SessionRef> handlers;
    private final CoarseTimer<SessionRef> closes;
    private final CoarseTimer<SessionRef> expiries;
    private final CoarseTimer<QuestionDeadline> questions;
    private final CoarseTimer<SessionRef> ids;

    /** With the limits of the hub's policy. */
    public SessionDeadlines(HubRuntime runtime, OutboxPolicy policy) {
        this.runtime = runtime;
        this.sendNanos = policy.sendTimeout().toNanos();
        this.sends = new CoarseTimer<>(runtime, "send deadline", (ref, late) -> checkSend(ref));
        this.handlers = new CoarseTimer<>(runtime, "handler deadline", (ref, late) -> checkHandler(ref));
        this.closes = new CoarseTimer<>(runtime, "close deadline", (ref, late) -> checkClose(ref));
        this.expiries = new CoarseTimer<>(runtime, "credential expiry", (ref, late) -> expire(ref));
        this.questions = new CoarseTimer<>(runtime, "question deadline", (deadline, late) -> checkQuestion(deadline));
        this.ids = new CoarseTimer<>(runtime, "old ids", (ref, late) -> forgetIds(ref));
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

    @Override
    public void watchIds(ClientSession session, long delayNanos) {
        ids.add(session.ref(), runtime.nanoTime() + delayNanos);
    }

    @Override
    public void watchQuestion(PendingAsk ask, long delayNanos) {
        watch(new QuestionDeadline(ask, runtime.nanoTime() + delayNanos));
    }

    private void watch(QuestionDeadline deadline) {
        long now = runtime.nanoTime();
        questions.add(deadline, now + Math.min(deadline.dueNanos() - now, LOOK_NANOS));
    }

    /** Ends the session when its credential expires, which is in {@code left} from now; at once if that is negative. */
    public void watchExpiry(ClientSession session, Duration left) {
        expiries.add(session.ref(), runtime.nanoTime() + CredentialMonitor.within(left));
    }

    /** Ends all watching. */
    public void close() {
        sends.close();
        handlers.close();
        closes.close();
        expiries.close();
        questions.close();
        ids.close();
    }

    private void checkQuestion(QuestionDeadline deadline) {
        if (deadline.dueNanos() - runtime.nanoTime() <= 0) {
            deadline.ask().timeOut();
        } else if (deadline.ask().isOpen()) {
            watch(deadline);
        }
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

    private void forgetIds(SessionRef ref) {
        ClientSession session = ref.session();
        Resumption resumption = session == null ? null : session.resumption();
        if (resumption != null) {
            resumption.correspondence().forgetOld(runtime.nanoTime());
        }
    }

    private static void expire(SessionRef ref) {
        ClientSession session = ref.session();
        if (session != null) {
            session.end(CloseReason.CREDENTIALS_EXPIRED, Ending.DRAINED);
        }
    }
}
