// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hubwire.OutboxPolicy;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.testing.CountingReceipt;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final SessionStage stage = SessionStage.of(runtime, OutboxPolicy.defaults());
    private final CountingReceipt receipt = new CountingReceipt();

    @Test
    void the_sender_writes_when_nothing_waits() {
        RecordingConnection connection = RecordingConnection.inline();
        Outbox outbox = stage.open(connection).outbox();

        assertThat(outbox.offer(message("a", receipt), true)).isNull();

        assertThat(connection.sent()).containsExactly("a");
        assertThat(receipt.written()).isEqualTo(1);
        assertThat(runtime.waitingTasks()).isZero();
    }

    @Test
    void one_message_is_in_flight_and_the_others_follow_in_the_order_of_the_offers() {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();

        offer(outbox, "a", "b", "c");

        assertThat(connection.sent()).containsExactly("a");
        assertThat(outbox.size()).isEqualTo(2);

        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly("a", "b", "c");
        assertThat(receipt.written()).isEqualTo(3);
        assertThat(stage.context().outboxBudget().used()).isZero();
    }

    @Test
    void a_completion_on_a_thread_of_the_container_leaves_the_backlog_to_a_writer() {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();
        offer(outbox, "a", "b");

        connection.completeSend();

        assertThat(connection.sent()).containsExactly("a");
        runtime.runAll();
        assertThat(connection.sent()).containsExactly("a", "b");
    }

    @Test
    void a_sender_that_may_not_write_leaves_it_to_a_writer() {
        RecordingConnection connection = RecordingConnection.inline();
        Outbox outbox = stage.open(connection).outbox();

        assertThat(outbox.offer(message("a", receipt), false)).isNull();
        assertThat(outbox.offer(message("b", receipt), true)).isNull();

        assertThat(connection.sent()).isEmpty();
        runtime.runAll();
        assertThat(connection.sent()).containsExactly("a", "b");
    }

    @Test
    void a_hundred_thousand_completions_inside_the_call_do_not_grow_the_stack() {
        int count = 100_000;
        SessionStage large = SessionStage.of(runtime, OutboxPolicy.atMost(count, 1 << 24));
        RecordingConnection connection = RecordingConnection.inline();
        Outbox outbox = large.open(connection).outbox();
        IntStream.range(0, count).forEach(i -> outbox.offer(message(Integer.toString(i), receipt), false));

        assertThatCode(runtime::runAll).doesNotThrowAnyException();

        assertThat(connection.sent())
                .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
        assertThat(receipt.written()).isEqualTo(count);
    }

    @Test
    void one_owner_of_the_line_writes_a_turn_and_hands_the_rest_to_a_writer() {
        RecordingConnection connection = RecordingConnection.inline();
        Outbox outbox = stage.open(connection).outbox();
        connection.duringNextSend(() -> IntStream.range(0, 40).forEach(i -> offer(outbox, "queued " + i)));

        offer(outbox, "first");

        assertThat(connection.sent()).hasSize(16);
        assertThat(runtime.waitingTasks()).isEqualTo(1);
        runtime.runAll();
        assertThat(connection.sent())
                .hasSize(41)
                .startsWith("first", "queued 0")
                .endsWith("queued 39");
    }

    @Test
    void a_message_offered_inside_a_send_goes_behind_it() {
        RecordingConnection connection = RecordingConnection.inline();
        Outbox outbox = stage.open(connection).outbox();
        connection.duringNextSend(() -> offer(outbox, "second"));

        offer(outbox, "first");

        assertThat(connection.sent()).containsExactly("first", "second");
    }

    @Test
    void an_exception_out_of_a_send_cuts_the_connection_and_loses_what_waits() {
        RecordingConnection connection = RecordingConnection.deferred();
        ClientSession session = stage.open(connection);
        connection.duringNextSend(() -> offer(session.outbox(), "waits"));
        connection.throwNext(new IllegalStateException("broken pipe"));

        offer(session.outbox(), "fails");
        runtime.runAll();

        assertThat(session.life().reason()).isEqualTo(CloseReason.CONNECTION_LOST);
        assertThat(connection.sent()).containsExactly("fails");
        assertThat(connection.aborts()).isEqualTo(1);
        assertThat(receipt.lost()).isEqualTo(2);
        assertThat(receipt.written()).isZero();
        assertThat(stage.context().outboxBudget().used()).isZero();
    }

    @Test
    void an_error_out_of_a_send_cuts_the_connection_as_well() {
        RecordingConnection connection = RecordingConnection.inline();
        ClientSession session = stage.open(connection);
        connection.throwNext(new StackOverflowError());

        offer(session.outbox(), "fails");
        runtime.runAll();

        assertThat(connection.aborts()).isEqualTo(1);
        assertThat(receipt.lost()).isEqualTo(1);
    }

    @Test
    void a_failed_completion_cuts_the_connection() {
        RecordingConnection connection = RecordingConnection.deferred();
        ClientSession session = stage.open(connection);
        offer(session.outbox(), "a", "b");

        connection.failSend(new IllegalStateException("reset by peer"));
        runtime.runAll();

        assertThat(session.isConnected()).isFalse();
        assertThat(connection.aborts()).isEqualTo(1);
        assertThat(connection.sent()).containsExactly("a");
        assertThat(receipt.lost()).isEqualTo(2);
    }

    @Test
    void a_send_that_throws_and_completes_as_well_is_told_once() {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();
        connection.throwNext(new IllegalStateException("broken pipe"));

        offer(outbox, "a");
        connection.completeSend();
        runtime.runAll();

        assertThat(receipt.lost()).isEqualTo(1);
        assertThat(receipt.written()).isZero();
    }

    @Test
    void a_completion_that_comes_twice_counts_once() {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();
        offer(outbox, "a");
        var callback = connection.callback();

        connection.completeSend();
        callback.completed(null);
        callback.completed(new IllegalStateException("too late"));

        assertThat(receipt.written()).isEqualTo(1);
        assertThat(receipt.lost()).isZero();
        assertThat(connection.aborts()).isZero();
        offer(outbox, "b");
        assertThat(connection.sent()).containsExactly("a", "b");
    }

    @Test
    void a_completion_after_the_end_is_ignored() {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();
        offer(outbox, "a", "b");

        outbox.discard();
        connection.completeSend();
        runtime.runAll();

        assertThat(connection.sent()).containsExactly("a");
        assertThat(receipt.lost()).isEqualTo(2);
        assertThat(receipt.written()).isZero();
    }

    @Test
    void after_finish_it_takes_no_more_writes_what_waits_and_then_closes() {
        RecordingConnection connection = RecordingConnection.deferred();
        ClientSession session = stage.open(connection);
        offer(session.outbox(), "a", "b");

        session.close(CloseReason.NORMAL);

        assertThat(session.outbox().offer(message("late", receipt), true)).isEqualTo(Refusal.CLOSED);
        connection.completeAll(runtime);
        assertThat(connection.log()).containsExactly("send a", "send b", "close 1000");
        assertThat(receipt.written()).isEqualTo(2);
    }

    @Test
    void finish_of_an_idle_outbox_closes_at_once() {
        RecordingConnection connection = RecordingConnection.deferred();
        ClientSession session = stage.open(connection);

        session.close(CloseReason.NORMAL);
        runtime.runAll();

        assertThat(connection.log()).containsExactly("close 1000");
    }

    @Test
    void discard_loses_everything_once_and_gives_the_budget_back() {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();
        offer(outbox, "in flight", "waits", "waits too");

        assertThat(outbox.discard()).isTrue();
        assertThat(outbox.discard()).isFalse();

        assertThat(receipt.lost()).isEqualTo(3);
        assertThat(receipt.written()).isZero();
        assertThat(stage.context().outboxBudget().used()).isZero();
        assertThat(outbox.offer(message("late", receipt), true)).isEqualTo(Refusal.CLOSED);
    }

    @Test
    void discard_inside_a_send_stops_the_owner_of_the_line() {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();
        connection.duringNextSend(() -> {
            offer(outbox, "b");
            outbox.discard();
        });

        offer(outbox, "a");
        runtime.runAll();

        assertThat(connection.sent()).containsExactly("a");
        assertThat(receipt.lost()).isEqualTo(2);
    }

    @Test
    void what_was_discarded_before_the_writer_came_is_not_written() {
        RecordingConnection connection = RecordingConnection.inline();
        Outbox outbox = stage.open(connection).outbox();
        outbox.offer(message("a", receipt), false);
        outbox.offer(message("b", receipt), false);

        outbox.discard();
        runtime.runAll();

        assertThat(connection.sent()).isEmpty();
        assertThat(receipt.lost()).isEqualTo(2);
    }

    @Test
    void a_session_that_ends_before_the_writer_came_writes_what_it_took() {
        RecordingConnection connection = RecordingConnection.deferred();
        ClientSession session = stage.open(connection);
        session.outbox().offer(message("a", receipt), false);
        session.outbox().offer(message("b", receipt), false);

        session.close(CloseReason.NORMAL);
        connection.completeAll(runtime);

        assertThat(connection.log()).containsExactly("send a", "send b", "close 1000");
        assertThat(receipt.written()).isEqualTo(2);
    }

    @Test
    void a_completion_that_comes_twice_is_not_taken_for_that_of_a_message_whose_writer_has_not_come() {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();
        offer(outbox, "a");
        var callback = connection.callback();
        connection.completeSend();
        outbox.offer(message("b", receipt), false);

        callback.completed(null);
        assertThat(receipt.written()).isEqualTo(1);
        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly("a", "b");
        assertThat(receipt.written()).isEqualTo(2);
    }

    @Test
    void a_checked_exception_that_was_thrown_past_the_compiler_is_a_failure_of_the_send() {
        RecordingConnection connection = RecordingConnection.inline();
        ClientSession session = stage.open(connection);
        connection.throwNext(new IOException("broken pipe"));

        session.outbox().offer(message("fails", receipt), false);
        runtime.runAll();

        assertThat(session.life().reason()).isEqualTo(CloseReason.CONNECTION_LOST);
        assertThat(connection.aborts()).isEqualTo(1);
        assertThat(receipt.lost()).isEqualTo(1);
    }

    private void offer(Outbox outbox, String... texts) {
        for (String text : texts) {
            assertThat(outbox.offer(message(text, receipt), true)).isNull();
        }
    }

    @Test
    void many_outboxes_with_a_backlog_are_served_in_the_order_in_which_they_came() {
        List<RecordingConnection> connections = IntStream.range(0, 50)
                .mapToObj(i -> RecordingConnection.inline())
                .toList();
        connections.forEach(connection -> stage.open(connection).outbox().offer(message("x", receipt), false));

        runtime.runAll();

        assertThat(connections)
                .allSatisfy(connection -> assertThat(connection.sent()).containsExactly("x"));
        assertThat(receipt.written()).isEqualTo(50);
    }
}
