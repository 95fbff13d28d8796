// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.MemoryBudget;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionKeeperTest {
    private static final int LIMIT = 1 << 20;
    private static final ResumePolicy POLICY =
            ResumePolicy.defaults().within(Duration.ofHours(10)).hubBytes(LIMIT);
    private static final OutboxPolicy OUTBOX = OutboxPolicy.defaults();
    private static final Duration TICK = Duration.ofMillis(100);

    private final ManualRuntime runtime = new ManualRuntime();
    private final SessionStage stage =
            new SessionStage(runtime, OUTBOX, InboundLimits.defaults(), new SessionDeadlines(runtime, OUTBOX));
    private final MemoryBudget budget = new MemoryBudget(LIMIT, () -> 1);
    private final SessionKeeper keeper = new SessionKeeper(runtime, POLICY, budget);

    private ClientSession open() {
        return stage.openResumable(RecordingConnection.inline(), POLICY);
    }

    @Test
    void a_session_that_came_back_and_ended_is_not_held_until_its_time_would_have_been_over() {
        WeakReference<ClientSession> gone = comeAndGo();
        runtime.advance(Duration.ofMinutes(1));

        assertThat(runtime.pendingTimers()).containsExactly("resume window");
        assertThat(isCollected(gone)).isTrue();
        runtime.advance(POLICY.window());
        assertThat(runtime.pendingTimers()).isEmpty();
    }

    private WeakReference<ClientSession> comeAndGo() {
        ClientSession session = open();
        keeper.keep(session, CloseReason.CONNECTION_LOST);
        keeper.forget(session);
        session.close(CloseReason.NORMAL);
        runtime.runAll();
        session.outbox().end().connectionClosed(CloseReason.NORMAL);
        return new WeakReference<>(session);
    }

    private static boolean isCollected(WeakReference<?> reference) {
        for (int i = 0; i < 10 && reference.get() != null; i++) {
            System.gc();
        }
        return reference.get() == null;
    }

    @Test
    void room_is_asked_for_once_however_many_messages_find_none() {
        budget.overdraw(2 * LIMIT);

        for (int i = 0; i < 100; i++) {
            keeper.evictSoon();
        }

        assertThat(runtime.waitingTasks()).as("begun by who may hold a lock").isZero();
        assertThat(runtime.pendingTimers()).containsExactly("resume budget");
    }

    @Test
    void who_goes_away_while_there_is_no_room_is_not_kept() {
        budget.overdraw(2 * LIMIT);
        keeper.evictSoon();
        runtime.advance(TICK.multipliedBy(20));
        ClientSession late = open();
        keeper.keep(late, CloseReason.CONNECTION_LOST);

        runtime.advance(TICK);

        assertThat(late.life().reason()).isEqualTo(CloseReason.CONNECTION_LOST);
        assertThat(keeper.isKept(late)).isFalse();
    }

    @Test
    void nobody_has_to_go_when_there_is_room_again() {
        budget.overdraw(2 * LIMIT);
        keeper.evictSoon();
        runtime.advance(TICK);
        budget.give(LIMIT);
        runtime.advance(TICK);
        ClientSession later = open();
        keeper.keep(later, CloseReason.CONNECTION_LOST);

        runtime.advance(TICK);

        assertThat(keeper.isKept(later)).isTrue();
        assertThat(runtime.pendingTimers()).containsExactly("resume window");
    }

    @Test
    void after_close_nobody_makes_room() {
        budget.overdraw(2 * LIMIT);
        keeper.evictSoon();

        keeper.close();
        keeper.evictSoon();

        assertThat(runtime.pendingTimers()).isEmpty();
    }
}
