// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.RecordingDeadlines;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutboxPingTest {
    private static final long NOTHING_IN_PROGRESS = Long.MIN_VALUE;

    private final ManualRuntime runtime = new ManualRuntime();
    private final RecordingDeadlines deadlines = new RecordingDeadlines();
    private final SessionStage stage =
            new SessionStage(runtime, OutboxPolicy.defaults(), InboundLimits.defaults(), deadlines);
    private final RecordingConnection connection = RecordingConnection.deferred();
    private final ClientSession session = stage.open(connection);
    private final Outbox outbox = session.outbox();

    @Test
    void a_ping_of_an_idle_client_is_sent_by_a_thread_of_the_hub() {
        outbox.ping();

        assertThat(connection.pings()).isZero();
        runtime.runAll();
        assertThat(connection.pings()).isEqualTo(1);
    }

    @Test
    void a_ping_waits_for_the_send_in_flight_and_goes_before_the_backlog() {
        offer("a");
        offer("b");
        outbox.ping();
        runtime.runAll();
        assertThat(connection.pings()).isZero();

        connection.completeAll(runtime);

        assertThat(connection.log()).containsExactly("send a", "ping", "send b");
    }

    @Test
    void a_ping_behind_the_only_message_goes_when_it_is_written() {
        offer("a");
        outbox.ping();

        connection.completeSend();
        runtime.runAll();

        assertThat(connection.log()).containsExactly("send a", "ping");
    }

    @Test
    void what_is_offered_before_the_thread_for_the_ping_has_come_does_not_wait_for_it() {
        outbox.ping();

        offer("a");
        assertThat(connection.log()).containsExactly("send a");
        connection.completeAll(runtime);

        assertThat(connection.log()).containsExactly("send a", "ping");
    }

    @Test
    void what_is_offered_while_a_ping_is_made_goes_behind_it() {
        connection.duringNextPing(() -> {
            offer("a");
            offer("b");
            assertThat(connection.log()).containsExactly("ping");
        });

        outbox.ping();
        connection.completeAll(runtime);

        assertThat(connection.log()).containsExactly("ping", "send a", "send b");
    }

    @Test
    void a_ping_goes_before_a_message_that_waits_for_its_writer() {
        outbox.ping();
        assertThat(outbox.offer(message("a"), false)).isNull();
        outbox.offer(message("b"), true);

        connection.completeAll(runtime);

        assertThat(connection.log()).containsExactly("ping", "send a", "send b");
    }

    @Test
    void a_writer_that_comes_while_a_ping_is_made_leaves_the_line_to_it() {
        connection.duringNextPing(() -> {
            runtime.runAll();
            assertThat(connection.log()).containsExactly("ping");
        });

        outbox.ping();
        assertThat(outbox.offer(message("a"), false)).isNull();
        connection.completeAll(runtime);

        assertThat(connection.log()).containsExactly("ping", "send a");
    }

    @Test
    void a_ping_whose_thread_comes_while_something_is_written_is_made_at_last() {
        for (int i = 0; i < 40; i++) {
            offer("m" + i);
        }
        outbox.ping();
        runtime.runAll();
        assertThat(connection.pings()).isZero();

        connection.completeAll(runtime);

        assertThat(connection.log()).hasSize(41).startsWith("send m0", "ping", "send m1");
    }

    @Test
    void two_pings_at_once_are_one() {
        offer("a");
        outbox.ping();
        outbox.ping();

        connection.completeAll(runtime);

        assertThat(connection.pings()).isEqualTo(1);
    }

    @Test
    void a_ping_that_fails_cuts_the_connection() {
        connection.throwNext(new IllegalStateException("broken pipe"));

        outbox.ping();
        runtime.runAll();

        assertThat(session.life().reason()).isEqualTo(CloseReason.CONNECTION_LOST);
        assertThat(connection.log()).containsExactly("ping", "abort");
    }

    @Test
    void nothing_is_pinged_after_the_end() {
        session.close(CloseReason.NORMAL);

        outbox.ping();
        runtime.runAll();

        assertThat(connection.pings()).isZero();
    }

    @Test
    void an_error_out_of_a_ping_cuts_the_connection_as_well() {
        connection.throwNext(new StackOverflowError());

        outbox.ping();
        runtime.runAll();

        assertThat(connection.log()).containsExactly("ping", "abort");
    }

    @Test
    void a_session_that_ends_before_the_thread_for_the_ping_has_come_is_closed_without_it() {
        outbox.ping();

        session.close(CloseReason.NORMAL);
        runtime.runAll();

        assertThat(connection.log()).containsExactly("close 1000");
    }

    @Test
    void a_session_that_ends_while_a_ping_is_made_writes_what_waits_and_is_closed_after_it() {
        connection.duringNextPing(() -> {
            offer("a");
            session.close(CloseReason.NORMAL);
            runtime.runAll();
            assertThat(connection.log()).containsExactly("ping");
        });

        outbox.ping();
        connection.completeAll(runtime);

        assertThat(connection.log()).containsExactly("ping", "send a", "close 1000");
    }

    @Test
    void pings_that_are_wanted_while_one_is_made_are_the_same() {
        connection.duringNextPing(outbox::ping);

        outbox.ping();
        runtime.runAll();
        assertThat(connection.pings()).isEqualTo(1);
        outbox.ping();
        runtime.runAll();

        assertThat(connection.pings()).isEqualTo(2);
    }

    @Test
    void a_ping_counts_when_it_is_made_and_not_when_it_is_wanted_or_begun() {
        long heard = runtime.nanoTime() - 1;
        connection.duringNextPing(() -> {
            assertThat(outbox.pingMadeSince(heard)).isEqualTo(NOTHING_IN_PROGRESS);
            runtime.pause(Duration.ofSeconds(3));
        });

        outbox.ping();
        assertThat(outbox.pingMadeSince(heard)).isEqualTo(NOTHING_IN_PROGRESS);
        long begun = runtime.nanoTime();
        runtime.runAll();

        assertThat(outbox.pingMadeSince(heard)).isEqualTo(runtime.nanoTime());
        assertThat(outbox.pingMadeSince(begun)).isEqualTo(NOTHING_IN_PROGRESS);
    }

    @Test
    void a_send_that_completes_at_once_is_watched_by_nobody() {
        RecordingConnection quick = RecordingConnection.inline();

        stage.open(quick).outbox().offer(message("a"), true);

        assertThat(deadlines.sends()).isEmpty();
    }

    @Test
    void at_most_one_look_is_due_at_operations_in_progress() {
        offer("a");
        offer("b");
        connection.completeAll(runtime);
        offer("c");
        outbox.ping();
        connection.completeAll(runtime);

        assertThat(deadlines.sends()).containsExactly(session);
    }

    @Test
    void the_look_sees_since_when_the_operation_of_now_is_in_progress() {
        offer("a");
        runtime.advance(Duration.ofSeconds(3));
        connection.completeSend();
        long since = runtime.nanoTime();
        offer("b");
        runtime.advance(Duration.ofSeconds(3));

        assertThat(outbox.operationSinceOrUnwatch()).isEqualTo(since);
    }

    @Test
    void a_look_that_sees_nothing_ends_the_watch_and_the_next_send_begins_another() {
        offer("a");
        connection.completeSend();

        assertThat(outbox.operationSinceOrUnwatch()).isEqualTo(NOTHING_IN_PROGRESS);
        offer("b");

        assertThat(deadlines.sends()).containsExactly(session, session);
    }

    @Test
    void a_ping_that_does_not_return_is_in_progress() {
        connection.duringNextPing(() -> {
            assertThat(outbox.operationSinceOrUnwatch()).isEqualTo(runtime.nanoTime());
            assertThat(deadlines.sends()).containsExactly(session);
        });

        outbox.ping();
        assertThat(deadlines.sends()).isEmpty();
        runtime.runAll();

        assertThat(connection.pings()).isEqualTo(1);
    }

    @Test
    void a_message_that_waits_for_its_writer_is_not_in_progress_yet() {
        assertThat(outbox.offer(message("a"), false)).isNull();
        runtime.pause(Duration.ofSeconds(3));

        assertThat(outbox.operationSinceOrUnwatch()).isEqualTo(NOTHING_IN_PROGRESS);
        runtime.runAll();
        assertThat(outbox.operationSinceOrUnwatch()).isEqualTo(runtime.nanoTime());
    }

    private void offer(String text) {
        assertThat(outbox.offer(message(text), true)).isNull();
    }
}
