// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.testing.CountingReceipt;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.RecordingDeadlines;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionLifeTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final RecordingDeadlines deadlines = new RecordingDeadlines();
    private final SessionStage stage =
            new SessionStage(runtime, OutboxPolicy.defaults(), InboundLimits.defaults(), deadlines);
    private final RecordingConnection connection = RecordingConnection.deferred();
    private final ClientSession session = stage.open(connection);

    @Test
    void the_first_reason_counts() {
        session.end(CloseReason.KICKED, Ending.CUT);
        session.end(CloseReason.NORMAL, Ending.CUT);
        session.outbox().end().connectionClosed(CloseReason.CONNECTION_LOST);

        assertThat(session.life().reason()).isEqualTo(CloseReason.KICKED);
        assertThat(stage.story()).filteredOn(line -> line.contains("ended")).containsExactly("c1 ended 4004");
    }

    @Test
    void the_application_is_told_of_the_end_if_it_was_told_of_the_beginning() {
        session.life().announce();

        session.outbox().end().connectionClosed(CloseReason.GOING_AWAY);
        runtime.runAll();

        assertThat(stage.story()).containsExactly("c1 ended 1001", "c1 disconnected 1001", "c1 gone");
    }

    @Test
    void the_application_is_not_told_of_the_end_of_a_session_it_never_saw() {
        session.outbox().end().connectionClosed(CloseReason.GOING_AWAY);
        runtime.runAll();

        assertThat(stage.story()).containsExactly("c1 ended 1001", "c1 gone");
    }

    @Test
    void nothing_is_left_only_when_lane_and_connection_are_both_over() {
        session.end(CloseReason.KICKED, Ending.DRAINED);
        runtime.runAll();
        assertThat(session.life().isOver()).isFalse();

        session.outbox().end().connectionClosed(CloseReason.KICKED);

        assertThat(session.life().isOver()).isTrue();
        assertThat(stage.story()).containsExactly("c1 ended 4004", "c1 gone");
    }

    @Test
    void timers_let_go_of_a_session_whose_peer_has_closed() {
        session.outbox().end().connectionClosed(CloseReason.GOING_AWAY);
        assertThat(session.ref().session()).isSameAs(session);

        runtime.runAll();

        assertThat(session.ref().session()).isNull();
    }

    @Test
    void a_connection_that_the_hub_has_closed_is_cut_after_the_grace_even_if_it_was_reported_gone() {
        session.end(CloseReason.KICKED, Ending.DRAINED);
        runtime.runAll();
        session.outbox().end().connectionClosed(CloseReason.KICKED);
        assertThat(session.ref().session()).isSameAs(session);

        long due = session.life().closeOrAbort();
        assertThat(due).isEqualTo(runtime.nanoTime() + Duration.ofSeconds(2).toNanos());
        runtime.advance(Duration.ofSeconds(2));
        assertThat(session.life().closeOrAbort()).isEqualTo(SessionLife.NEVER);
        runtime.runAll();

        assertThat(connection.log()).containsExactly("close 4004", "abort");
        assertThat(session.ref().session()).isNull();
    }

    @Test
    void it_is_gone_once_however_often_the_connection_closes() {
        session.outbox().end().connectionClosed(CloseReason.GOING_AWAY);
        session.life().abort();
        session.outbox().end().connectionClosed(CloseReason.GOING_AWAY);
        runtime.runAll();

        assertThat(stage.story()).filteredOn("c1 gone"::equals).hasSize(1);
    }

    @Test
    void a_kick_tells_the_client_behind_what_waits_and_then_closes() {
        session.offer(message("waits"), true);

        session.kick(CloseReason.KICKED);
        connection.completeAll(runtime);

        assertThat(connection.log()).hasSize(3);
        assertThat(connection.log().get(0)).isEqualTo("send waits");
        assertThat(connection.log().get(1)).startsWith("send {\"event\":\"kick\",\"code\":0,");
        assertThat(connection.log().get(2)).isEqualTo("close 4004");
    }

    @Test
    void a_close_tells_the_client_nothing_but_the_reason() {
        session.close(CloseReason.REPLACED);
        runtime.runAll();

        assertThat(connection.log()).containsExactly("close 4005");
    }

    @Test
    void a_cut_forgets_what_waits_and_closes_at_once() {
        CountingReceipt receipt = new CountingReceipt();
        session.offer(message("in flight", receipt), true);
        session.offer(message("waits", receipt), true);

        session.end(CloseReason.HEARTBEAT_TIMEOUT, Ending.CUT);
        runtime.runAll();

        assertThat(connection.log()).containsExactly("send in flight", "close 4201");
        assertThat(receipt.lost()).isEqualTo(2);
        assertThat(deadlines.closes()).containsExactly(session);
    }

    @Test
    void a_connection_that_is_gone_is_not_closed_again() {
        session.outbox().end().connectionClosed(CloseReason.GOING_AWAY);
        runtime.runAll();

        assertThat(connection.log()).isEmpty();
        assertThat(deadlines.closes()).isEmpty();
        assertThat(session.life().closeOrAbort()).isEqualTo(SessionLife.NEVER);
    }

    @Test
    void what_waits_is_lost_when_the_connection_goes_while_it_is_written() {
        CountingReceipt receipt = new CountingReceipt();
        session.offer(message("in flight", receipt), true);
        session.offer(message("waits", receipt), true);

        session.close(CloseReason.NORMAL);
        session.outbox().end().connectionClosed(CloseReason.CONNECTION_LOST);
        runtime.runAll();

        assertThat(receipt.lost()).isEqualTo(2);
        assertThat(session.life().reason()).isEqualTo(CloseReason.NORMAL);
        assertThat(stage.context().outboxBudget().used()).isZero();
    }

    @Test
    void a_close_that_throws_cuts_the_connection() {
        connection.throwNext(new IllegalStateException("closed already"));

        session.close(CloseReason.NORMAL);
        runtime.runAll();

        assertThat(connection.log()).containsExactly("close 1000", "abort");
        assertThat(session.life().isOver()).isTrue();
    }

    @Test
    void an_ended_session_has_left_every_group_and_still_says_which_they_were() {
        session.join("red");
        session.join("blue");

        session.end(CloseReason.KICKED, Ending.CUT);

        assertThat(stage.context().groups().size()).isZero();
        assertThat(session.groups()).containsExactly("red", "blue");
        assertThat(session.join("green")).isFalse();
        assertThat(session.leave("red")).isFalse();
    }

    @Test
    void the_end_is_told_behind_what_another_thread_is_telling() {
        session.life().announce();
        session.life().beginTelling();
        session.life().beginTelling();
        session.outbox().end().connectionClosed(CloseReason.GOING_AWAY);
        runtime.runAll();
        session.life().endTelling();
        runtime.runAll();
        assertThat(stage.story()).containsExactly("c1 ended 1001");

        session.life().endTelling();
        assertThat(stage.story()).containsExactly("c1 ended 1001");
        runtime.runAll();

        assertThat(stage.story()).containsExactly("c1 ended 1001", "c1 disconnected 1001", "c1 gone");
    }

    @Test
    void a_message_half_received_is_forgotten_with_the_session() {
        session.assembly().add("half a mess", 11);
        assertThat(stage.context().mailboxBudget().used()).isEqualTo(11);

        session.end(CloseReason.KICKED, Ending.CUT);

        assertThat(stage.context().mailboxBudget().used()).isZero();
        session.assembly().add("age", 3);
        assertThat(stage.context().mailboxBudget().used()).isZero();
    }

    @Test
    void a_last_message_that_does_not_fit_does_not_hold_up_the_end() {
        SessionStage small = SessionStage.of(runtime, OutboxPolicy.atMost(1, 1024));
        ClientSession slow = small.open(connection);
        slow.offer(message("in flight"), true);
        slow.offer(message("waits"), true);

        slow.life().end(CloseReason.KICKED, Ending.DRAINED, Optional.empty());
        connection.completeAll(runtime);

        assertThat(connection.log()).containsExactly("send in flight", "send waits", "close 4004");
    }
}
