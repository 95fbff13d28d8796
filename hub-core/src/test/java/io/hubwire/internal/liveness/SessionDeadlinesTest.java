// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionDeadlinesTest {
    private static final OutboxPolicy POLICY =
            OutboxPolicy.defaults().sendTimeout(Duration.ofSeconds(10)).closeGrace(Duration.ofSeconds(2));

    private final ManualRuntime runtime = new ManualRuntime();
    private final SessionDeadlines deadlines = new SessionDeadlines(runtime, POLICY);
    private final SessionStage stage = new SessionStage(runtime, POLICY, InboundLimits.defaults(), deadlines);
    private final RecordingConnection connection = RecordingConnection.deferred();
    private final ClientSession session = stage.open(connection);

    @Test
    void a_frame_in_flight_for_too_long_ends_the_session() {
        session.offer(message("a"), true);

        seconds(9.9);
        assertThat(session.isConnected()).isTrue();
        seconds(0.3);

        assertThat(session.life().reason()).isEqualTo(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void a_stalled_peer_is_closed_and_cut_after_the_grace() {
        session.offer(message("a"), true);

        seconds(10.1);
        assertThat(connection.log()).containsExactly("send a", "close 4104");
        seconds(2.1);

        assertThat(connection.log()).containsExactly("send a", "close 4104", "abort");
        assertThat(session.life().isOver()).isTrue();
    }

    @Test
    void a_slow_peer_that_takes_every_frame_in_time_lives() {
        for (int i = 0; i < 50; i++) {
            session.offer(message("m" + i), true);
        }

        for (int i = 0; i < 50; i++) {
            seconds(9);
            connection.completeSend();
            runtime.runAll();
        }

        assertThat(session.isConnected()).isTrue();
        assertThat(connection.sent()).hasSize(50);
    }

    @Test
    void a_frame_that_stalls_after_quick_ones_is_found_in_time() {
        session.offer(message("quick"), true);
        connection.completeSend();
        seconds(7);
        session.offer(message("stalls"), true);

        seconds(9.8);
        assertThat(session.isConnected()).isTrue();
        seconds(0.4);

        assertThat(session.isConnected()).isFalse();
    }

    @Test
    void nothing_is_watched_for_a_client_to_whom_nothing_is_sent() {
        session.offer(message("a"), true);
        connection.completeSend();

        seconds(11);

        assertThat(runtime.pendingTimers()).isEmpty();
    }

    @Test
    void a_session_that_ends_writes_what_waits_for_as_long_as_the_grace() {
        session.offer(message("a"), true);
        session.offer(message("b"), true);

        session.close(CloseReason.NORMAL);
        seconds(1.9);
        assertThat(connection.log()).containsExactly("send a");
        seconds(0.2);

        assertThat(connection.log()).containsExactly("send a", "close 1000");
        seconds(2.1);
        assertThat(connection.log()).containsExactly("send a", "close 1000", "abort");
    }

    @Test
    void one_that_has_written_everything_late_still_has_the_grace_to_say_goodbye() {
        session.offer(message("a"), true);
        session.close(CloseReason.NORMAL);
        seconds(1.9);
        connection.completeAll(runtime);
        assertThat(connection.log()).containsExactly("send a", "close 1000");

        seconds(1.9);
        assertThat(connection.aborts()).isZero();
        seconds(0.3);

        assertThat(connection.aborts()).isEqualTo(1);
    }

    @Test
    void one_that_says_goodbye_is_cut_all_the_same_but_harms_nobody() {
        session.close(CloseReason.NORMAL);
        runtime.runAll();
        session.outbox().end().connectionClosed(CloseReason.NORMAL);

        seconds(3);

        assertThat(connection.log()).containsExactly("close 1000", "abort");
        assertThat(stage.story()).containsExactly("c1 ended 1000", "c1 gone");
    }

    @Test
    void a_cut_session_has_half_of_the_grace_to_say_goodbye() {
        session.end(CloseReason.HEARTBEAT_TIMEOUT, Ending.CUT);

        seconds(0.9);
        assertThat(connection.log()).containsExactly("close 4201");
        seconds(0.2);

        assertThat(connection.log()).containsExactly("close 4201", "abort");
    }

    @Test
    void a_credential_that_expires_ends_the_session() {
        deadlines.watchExpiry(session, Duration.ofMinutes(5));

        seconds(299.9);
        assertThat(session.isConnected()).isTrue();
        seconds(0.2);

        assertThat(session.life().reason()).isEqualTo(CloseReason.CREDENTIALS_EXPIRED);
    }

    @Test
    void a_credential_that_has_expired_ends_the_session_at_the_next_tick() {
        seconds(100);
        deadlines.watchExpiry(session, Duration.ofDays(-400));

        seconds(0.1);

        assertThat(session.life().reason()).isEqualTo(CloseReason.CREDENTIALS_EXPIRED);
    }

    @Test
    void a_credential_that_expires_in_ages_is_no_trouble() {
        deadlines.watchExpiry(session, Duration.ofSeconds(Long.MAX_VALUE));

        seconds(1_000_000);

        assertThat(session.isConnected()).isTrue();
    }

    @Test
    void after_close_nothing_is_watched() {
        session.offer(message("a"), true);
        deadlines.close();

        seconds(100);

        assertThat(session.isConnected()).isTrue();
        assertThat(runtime.pendingTimers()).isEmpty();
    }

    private void seconds(double seconds) {
        runtime.advance(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
