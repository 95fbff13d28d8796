// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.HeartbeatPolicy.Step;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatMonitorTest {
    private static final Duration INTERVAL = Duration.ofSeconds(25);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final List<Supplier<Step>> FAILURES = List.of(
            () -> {
                throw new IllegalStateException("thrown on purpose");
            },
            () -> {
                throw new AssertionError("thrown on purpose");
            });

    private final ManualRuntime runtime = new ManualRuntime();
    private final SessionStage stage = SessionStage.of(runtime, OutboxPolicy.defaults());

    /** One client and what the hub did to its connection. */
    private record Watched(ClientSession session, RecordingConnection connection) {
        boolean isAlive() {
            return session.isConnected();
        }
    }

    private Watched watch(HeartbeatPolicy policy) {
        return watch(new HeartbeatMonitor(runtime, policy));
    }

    private Watched watch(HeartbeatMonitor monitor) {
        RecordingConnection connection = RecordingConnection.inline();
        ClientSession session = stage.open(connection);
        monitor.watch(session, Optional.empty());
        return new Watched(session, connection);
    }

    @Test
    void a_silent_client_is_pinged_after_the_interval_and_ended_after_the_timeout() {
        Watched client = watch(HeartbeatPolicy.serverPing());

        runtime.advance(INTERVAL.minusMillis(1));
        assertThat(client.connection().pings()).isZero();
        runtime.advance(Duration.ofMillis(100));
        assertThat(client.connection().pings()).isEqualTo(1);

        runtime.advance(TIMEOUT.minusMillis(200));
        assertThat(client.isAlive()).isTrue();
        runtime.advance(Duration.ofMillis(300));
        assertThat(client.session().life().reason()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
        assertThat(client.connection().closes()).containsExactly(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -0.3, 0, 0.7, 1})
    void a_half_open_peer_is_gone_within_the_time_that_is_promised(double jitter) {
        runtime.jitterIs(jitter);
        Watched client = watch(HeartbeatPolicy.serverPing());

        runtime.advance(Duration.ofMillis((long) (25_000 * 1.2) + 10_000 + 1_000));

        assertThat(client.isAlive()).isFalse();
    }

    @Test
    void a_client_that_answers_pings_lives_for_ever() {
        Watched client = watch(HeartbeatPolicy.serverPing());
        int answered = 0;

        for (int second = 0; second < 3_600; second++) {
            runtime.advance(Duration.ofSeconds(1));
            if (client.connection().pings() > answered) {
                answered = client.connection().pings();
                client.session().touch();
            }
        }

        assertThat(client.isAlive()).isTrue();
        assertThat(answered).isBetween(3_600 / 27, 3_600 / 25);
    }

    @Test
    void a_client_that_talks_is_never_pinged() {
        Watched client = watch(HeartbeatPolicy.serverPing());

        for (int i = 0; i < 1_000; i++) {
            runtime.advance(Duration.ofSeconds(20));
            client.session().touch();
        }

        assertThat(client.connection().pings()).isZero();
        assertThat(client.isAlive()).isTrue();
    }

    @Test
    void what_the_hub_sends_is_no_sign_of_life() {
        Watched client = watch(HeartbeatPolicy.serverPing());

        for (int i = 0; i < 40; i++) {
            runtime.advance(Duration.ofSeconds(1));
            client.session().send("news", "for you");
        }

        assertThat(client.isAlive()).isFalse();
    }

    @Test
    void a_ping_that_could_not_be_made_is_not_held_against_the_client() {
        HeartbeatMonitor monitor = new HeartbeatMonitor(runtime, HeartbeatPolicy.serverPing());
        RecordingConnection connection = RecordingConnection.deferred();
        ClientSession session = stage.open(connection);
        monitor.watch(session, Optional.empty());
        session.send("news", "is in flight");

        runtime.advance(Duration.ofMinutes(2));
        assertThat(connection.pings()).isZero();
        assertThat(session.isConnected()).isTrue();

        connection.completeAll(runtime);
        assertThat(connection.pings()).isEqualTo(1);
        runtime.advance(TIMEOUT.multipliedBy(2));
        assertThat(session.life().reason()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void the_time_to_answer_begins_when_the_ping_is_made() {
        Watched client = watch(HeartbeatPolicy.serverPing());
        client.connection().duringNextPing(() -> runtime.pause(Duration.ofMillis(1_900)));

        runtime.advance(INTERVAL.plusMillis(100));
        assertThat(client.connection().pings()).isEqualTo(1);
        runtime.advance(TIMEOUT.minusMillis(200));
        assertThat(client.isAlive()).isTrue();
        runtime.advance(Duration.ofMillis(400));

        assertThat(client.session().life().reason()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void an_answer_that_comes_while_the_ping_is_still_being_made_counts() {
        Watched client = watch(HeartbeatPolicy.serverPing());
        client.connection().duringNextPing(() -> {
            runtime.pause(Duration.ofMillis(900));
            client.session().touch();
            runtime.pause(Duration.ofMillis(900));
        });

        runtime.advance(INTERVAL.plusMillis(100));
        runtime.advance(TIMEOUT.plusSeconds(2));

        assertThat(client.connection().pings()).isEqualTo(1);
        assertThat(client.isAlive()).isTrue();
    }

    @Test
    void an_event_that_was_refused_was_no_ping() {
        HeartbeatPolicy policy =
                HeartbeatPolicy.applicationPing(EventType.of("beat").ephemeral(), INTERVAL);
        HeartbeatMonitor monitor = new HeartbeatMonitor(runtime, policy);
        RecordingConnection connection = RecordingConnection.deferred();
        ClientSession session = stage.open(connection);
        monitor.watch(session, Optional.empty());
        session.send("news", "is in flight");
        session.send("news", "waits");

        runtime.advance(INTERVAL.plus(TIMEOUT).plusSeconds(1));

        assertThat(session.isConnected()).isTrue();
    }

    @Test
    void a_client_may_have_a_policy_of_its_own() {
        HeartbeatMonitor monitor = new HeartbeatMonitor(runtime, HeartbeatPolicy.none());
        RecordingConnection connection = RecordingConnection.inline();
        ClientSession session = stage.open(connection);

        monitor.watch(session, Optional.of(HeartbeatPolicy.clientDriven(Duration.ofSeconds(5))));
        runtime.advance(Duration.ofSeconds(6));

        assertThat(session.life().reason()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void a_ping_of_the_application_is_an_event() {
        Watched client = watch(HeartbeatPolicy.applicationPing(EventType.of("beat"), INTERVAL));

        runtime.advance(INTERVAL.plusMillis(100));

        assertThat(client.connection().pings()).isZero();
        assertThat(client.connection().sent()).singleElement().asString().startsWith("{\"event\":\"beat\",\"code\":0");
    }

    @Test
    void a_paused_hub_does_not_end_clients_that_wait_to_be_pinged() {
        HeartbeatMonitor monitor = new HeartbeatMonitor(runtime, HeartbeatPolicy.serverPing());
        List<Watched> clients = watchMany(monitor, 50);

        runtime.pause(Duration.ofMinutes(3));
        runtime.advance(Duration.ofSeconds(1));

        assertThat(clients).allMatch(Watched::isAlive);
    }

    @ParameterizedTest
    @ValueSource(longs = {13, 60, 600})
    void a_paused_hub_does_not_end_clients_whose_answer_it_has_not_read_yet(long seconds) {
        Watched client = watch(HeartbeatPolicy.serverPing());
        runtime.advance(INTERVAL.plusMillis(100));
        assertThat(client.connection().pings()).isEqualTo(1);

        runtime.pause(Duration.ofSeconds(seconds));
        runtime.advance(Duration.ofMillis(200));
        client.session().touch(); // the pong was in the socket all the time
        runtime.advance(TIMEOUT);

        assertThat(client.isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 14, 16, 60, 600})
    void a_paused_hub_does_not_end_clients_who_beat_by_themselves(long seconds) {
        HeartbeatMonitor monitor = new HeartbeatMonitor(runtime, HeartbeatPolicy.clientDriven(Duration.ofSeconds(15)));
        List<Watched> clients = watchMany(monitor, 100);
        beatFor(clients, 70);

        runtime.pause(Duration.ofSeconds(seconds));
        runtime.advance(Duration.ofMillis(200));
        clients.forEach(client -> client.session().touch()); // what they sent meanwhile is read now
        beatFor(clients, 70);

        assertThat(clients).allMatch(Watched::isAlive);
    }

    @Test
    void a_client_that_died_in_the_pause_is_still_found_afterwards() {
        Watched pinged = watch(HeartbeatPolicy.serverPing());
        Watched driven = watch(HeartbeatPolicy.clientDriven(Duration.ofSeconds(15)));

        runtime.pause(Duration.ofMinutes(3));
        runtime.advance(Duration.ofSeconds(20));

        assertThat(driven.session().life().reason()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
        runtime.advance(INTERVAL.plus(TIMEOUT).plusSeconds(1));
        assertThat(pinged.session().life().reason()).isEqualTo(CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void a_hub_that_is_paused_again_and_again_forgives_each_time() {
        HeartbeatMonitor monitor = new HeartbeatMonitor(runtime, HeartbeatPolicy.clientDriven(Duration.ofSeconds(15)));
        List<Watched> clients = watchMany(monitor, 20);

        for (int i = 0; i < 20; i++) {
            runtime.pause(Duration.ofSeconds(40));
            runtime.advance(Duration.ofMillis(500));
            clients.forEach(client -> client.session().touch());
        }

        assertThat(clients).allMatch(Watched::isAlive);
    }

    @Test
    void a_policy_that_throws_ends_its_client_and_no_other() {
        HeartbeatMonitor monitor = new HeartbeatMonitor(runtime, HeartbeatPolicy.serverPing());
        Watched other = watch(monitor);
        for (Supplier<Step> failure : FAILURES) {
            ClientSession session = stage.open(RecordingConnection.inline());
            monitor.watch(
                    session,
                    Optional.of(
                            silence -> silence.quiet().isZero() ? Step.waitFor(Duration.ofSeconds(1)) : failure.get()));
            runtime.advance(Duration.ofSeconds(2));
            assertThat(session.life().reason()).isEqualTo(CloseReason.SERVER_ERROR);
        }

        runtime.advance(INTERVAL.plus(TIMEOUT));
        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void a_policy_that_waits_for_ever_is_asked_seldom_and_ends_nobody() {
        Watched client = watch(silence -> Step.waitFor(Duration.ofSeconds(Long.MAX_VALUE)));

        runtime.advance(Duration.ofDays(400));

        assertThat(client.isAlive()).isTrue();
    }

    @Test
    void an_ended_client_is_forgotten() {
        Watched client = watch(HeartbeatPolicy.serverPing());

        client.session().outbox().end().connectionClosed(CloseReason.GOING_AWAY);
        runtime.advance(Duration.ofMinutes(1));

        assertThat(client.connection().log()).isEmpty();
        assertThat(runtime.pendingTimers()).isEmpty();
    }

    private List<Watched> watchMany(HeartbeatMonitor monitor, int count) {
        List<Watched> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runtime.advance(Duration.ofMillis(73));
            clients.add(watch(monitor));
        }
        return clients;
    }

    /** Everybody sends something every 4 s, each at another moment. */
    private void beatFor(List<Watched> clients, int seconds) {
        for (int tenth = 0; tenth < seconds * 10; tenth++) {
            runtime.advance(Duration.ofMillis(100));
            for (int i = tenth % 40; i < clients.size(); i += 40) {
                clients.get(i).session().touch();
            }
        }
    }
}
