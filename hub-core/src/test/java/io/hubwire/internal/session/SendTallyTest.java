// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType.Delivery;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Outcome;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendTallyTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final SessionStage stage =
            SessionStage.of(runtime, OutboxPolicy.atMost(1, 1024).onOverflow(Overflow.DROP_OLDEST));
    private final SendTally tally = new SendTally(stage.context());

    @Test
    void a_send_to_nobody_is_complete_and_written() {
        SendReport report = tally.closed();

        assertThat(report.targets()).isZero();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.written().toCompletableFuture()).isCompletedWithValue(new Outcome(0, 0));
    }

    @Test
    void every_target_is_accepted_or_refused_for_one_reason() {
        ClientSession idle = stage.open(RecordingConnection.inline());
        ClientSession ended = stage.open(RecordingConnection.inline());
        ended.close(CloseReason.NORMAL);
        ClientSession busy = stage.open(RecordingConnection.deferred());
        busy.offer(message("in flight"), true);
        busy.offer(message("waits"), true);
        ClientSession full = stage.open(RecordingConnection.deferred());
        full.offer(message("in flight"), true);
        Outgoing typing = new Outgoing("typing", Frame.of("t".repeat(1025)), Delivery.EPHEMERAL, tally);

        List.of(idle, ended, busy, full).forEach(session -> tally.offer(session, typing, true));
        SendReport report = tally.closed();

        assertThat(report.targets()).isEqualTo(4);
        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.refused(Refusal.CLOSED)).isEqualTo(1);
        assertThat(report.refused(Refusal.SUPERSEDED)).isEqualTo(1);
        assertThat(report.refused(Refusal.OVERFLOW)).isEqualTo(1);
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void it_is_written_when_the_last_recipient_has_it_and_tells_so_on_a_thread_of_the_hub() {
        RecordingConnection first = RecordingConnection.deferred();
        RecordingConnection second = RecordingConnection.deferred();
        SendReport report = send(first, second);
        List<Outcome> told = new ArrayList<>();
        report.written().thenAccept(told::add);

        first.completeSend();
        runtime.runAll();
        assertThat(told).isEmpty();
        second.completeSend();
        assertThat(told).isEmpty();
        runtime.runAll();

        assertThat(told).containsExactly(new Outcome(2, 0));
    }

    @Test
    void what_is_lost_with_its_session_is_counted() {
        RecordingConnection reads = RecordingConnection.deferred();
        RecordingConnection stalls = RecordingConnection.deferred();
        SendReport report = send(reads, stalls);

        reads.completeSend();
        stalls.failSend(new IllegalStateException("reset by peer"));
        runtime.runAll();

        assertThat(report.written().toCompletableFuture()).isCompletedWithValue(new Outcome(1, 1));
    }

    @Test
    void a_message_that_a_newer_one_pushes_out_is_lost() {
        RecordingConnection stalls = RecordingConnection.deferred();
        ClientSession session = stage.open(stalls);
        session.offer(message("in flight"), true);
        tally.offer(session, message("old", tally), true);
        SendReport report = tally.closed();

        session.offer(message("new"), true);
        runtime.runAll();

        assertThat(report.accepted()).isEqualTo(1);
        assertThat(report.written().toCompletableFuture()).isCompletedWithValue(new Outcome(0, 1));
    }

    @Test
    void what_no_thread_has_come_to_when_the_hub_ends_is_completed_all_the_same() {
        RecordingConnection connection = RecordingConnection.deferred();
        SendReport report = send(connection);
        List<Outcome> told = new ArrayList<>();
        report.written().thenAccept(told::add);
        connection.completeSend();
        assertThat(told).isEmpty();

        stage.context().completions().close();
        assertThat(told).containsExactly(new Outcome(1, 0));
        runtime.runAll();

        assertThat(told).hasSize(1);
    }

    @Test
    void what_ends_after_the_hub_is_completed_at_once() {
        RecordingConnection first = RecordingConnection.deferred();
        RecordingConnection second = RecordingConnection.deferred();
        SendReport ofFirst = send(first);
        SendTally other = new SendTally(stage.context());
        other.offer(stage.open(second), message("x", other), true);
        List<Outcome> told = new ArrayList<>();
        ofFirst.written().thenAccept(told::add);
        other.closed().written().thenAccept(told::add);

        stage.context().completions().close();
        first.completeSend();
        assertThat(told).containsExactly(new Outcome(1, 0));
        runtime.close();
        second.completeSend();

        assertThat(told).containsExactly(new Outcome(1, 0), new Outcome(1, 0));
    }

    @Test
    void asking_twice_gives_the_same_answer() {
        SendReport report = send(RecordingConnection.inline());

        assertThat(report.written().toCompletableFuture()).isCompletedWithValue(new Outcome(1, 0));
        assertThat(report.written().toCompletableFuture()).isCompletedWithValue(new Outcome(1, 0));
    }

    @Test
    void nobody_can_complete_the_stage_from_outside() {
        SendReport report = send(RecordingConnection.deferred());

        report.written().toCompletableFuture().complete(new Outcome(7, 7));

        assertThat(report.written().toCompletableFuture()).isNotDone();
    }

    private SendReport send(RecordingConnection... connections) {
        for (RecordingConnection connection : connections) {
            tally.offer(stage.open(connection), message("x", tally), true);
        }
        return tally.closed();
    }
}
