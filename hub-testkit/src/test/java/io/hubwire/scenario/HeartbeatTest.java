// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    /** Whatever else the machine does meanwhile. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static final Duration TICK = Duration.ofMillis(100);
    private static final EventType<Void> BEAT = EventType.of("beat");

    @Test
    void a_silent_client_is_pinged_after_25_s_and_stays_when_it_answers() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");

            hub.advance(Duration.ofSeconds(24));
            assertThat(ann.pings()).isZero();
            hub.advance(Duration.ofSeconds(1).plus(TICK));
            assertThat(ann.pings()).isEqualTo(1);

            hub.advance(Duration.ofHours(1));
            assertThat(ann).isConnected().receivedNothing();
            assertThat(ann.pings()).isBetween(140, 145);
        }
    }

    @Test
    void a_client_that_vanishes_is_found_after_25_s_and_10_s() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            ann.vanish();

            hub.advance(Duration.ofSeconds(34));
            assertThat(hub).hasClients(1);
            hub.advance(Duration.ofSeconds(1).plus(TICK));

            assertThat(hub).endedSession(ann, CloseReason.HEARTBEAT_TIMEOUT).hasClients(0);
            hub.advance(Duration.ofSeconds(3));
            assertThat(ann).isClosedWith(1006);
            assertThat(hub).hasNoLeftovers();
        }
    }

    @Test
    void a_client_that_answers_no_ping_is_told_4201() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            ann.ignorePings();

            hub.advance(Duration.ofSeconds(36));

            assertThat(ann).isClosedWith(CloseReason.HEARTBEAT_TIMEOUT);
        }
    }

    @Test
    void a_chatty_client_is_never_pinged_and_never_gone() {
        try (TestHub hub = TestHub.of(StandardEvents.ping())) {
            TestClient ann = hub.connect("ann");
            ann.ignorePings();

            for (int i = 0; i < 200; i++) {
                hub.advance(Duration.ofSeconds(20));
                ann.send("ping");
            }

            assertThat(ann).isConnected();
            assertThat(ann.pings()).isZero();
        }
    }

    @Test
    void a_pong_that_nobody_asked_for_is_life_too() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            ann.ignorePings();

            for (int i = 0; i < 20; i++) {
                hub.advance(Duration.ofSeconds(20));
                ann.pong();
            }

            assertThat(ann).isConnected();
        }
    }

    @Test
    void what_the_hub_sends_is_no_life() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            ann.ignorePings();

            for (int i = 0; i < 36; i++) {
                hub.hub().all().send("news", "" + i);
                hub.advance(Duration.ofSeconds(1));
            }

            assertThat(hub).endedSession(ann, CloseReason.HEARTBEAT_TIMEOUT);
        }
    }

    @Test
    void interval_and_timeout_are_settings() {
        HeartbeatPolicy policy =
                HeartbeatPolicy.pingEvery(Duration.ofSeconds(5)).answerWithin(Duration.ofSeconds(2));
        try (TestHub hub = TestHub.of(builder -> builder.heartbeat(policy))) {
            TestClient ann = hub.connect("ann");
            ann.vanish();

            hub.advance(Duration.ofMillis(6_900));
            assertThat(hub).hasClients(1);
            hub.advance(Duration.ofMillis(200));

            assertThat(hub).hasClients(0);
        }
    }

    @Test
    void an_application_ping_is_an_event_that_any_message_answers() {
        HeartbeatPolicy policy =
                HeartbeatPolicy.applicationPing(BEAT, Duration.ofSeconds(20)).answerWithin(Duration.ofSeconds(5));
        try (TestHub hub =
                TestHub.of(builder -> builder.install(StandardEvents.ping()).heartbeat(policy))) {
            TestClient ann = hub.connect("ann");
            TestClient mute = hub.connect("mute");

            hub.advance(Duration.ofSeconds(20).plus(TICK));
            assertThat(ann).receivedEvents("beat");
            ann.send("ping");
            hub.advance(Duration.ofSeconds(6));

            assertThat(ann).isConnected();
            assertThat(ann.pings()).isZero();
            assertThat(mute).isClosedWith(CloseReason.HEARTBEAT_TIMEOUT);
        }
    }

    @Test
    void a_client_driven_heartbeat_never_pings_and_closes_after_the_silence() {
        try (TestHub hub = TestHub.of(builder -> builder.install(StandardEvents.ping())
                .heartbeat(HeartbeatPolicy.clientDriven(Duration.ofSeconds(150))))) {
            TestClient ann = hub.connect("ann");
            TestClient mute = hub.connect("mute");

            hub.advance(Duration.ofSeconds(149));
            ann.send("ping");
            assertThat(mute).isConnected();
            hub.advance(Duration.ofSeconds(2));

            assertThat(mute).isClosedWith(CloseReason.HEARTBEAT_TIMEOUT);
            assertThat(ann).isConnected();
            assertThat(ann.pings()).isZero();
            hub.advance(Duration.ofSeconds(149));
            assertThat(ann).isClosedWith(CloseReason.HEARTBEAT_TIMEOUT);
        }
    }

    @Test
    void the_hot_go_front_end_pings_by_itself_and_is_gone_after_5_minutes_of_silence() {
        try (TestHub hub =
                TestHub.of(builder -> builder.install(StandardEvents.ping()).heartbeat(HeartbeatPolicy.hotGo()))) {
            TestClient ann = hub.connect("ann");
            for (int i = 0; i < 100; i++) {
                hub.advance(Duration.ofSeconds(5));
                ann.request("ping").isOk();
            }

            hub.advance(Duration.ofMinutes(5).plus(TICK));

            assertThat(ann).isClosedWith(CloseReason.HEARTBEAT_TIMEOUT);
        }
    }

    @Test
    void without_a_heartbeat_a_client_that_vanished_stays() {
        try (TestHub hub = TestHub.of(builder -> builder.heartbeat(HeartbeatPolicy.none()))) {
            hub.connect("ann").vanish();

            hub.advance(Duration.ofDays(30));

            assertThat(hub).hasClients(1);
        }
    }

    @Test
    void a_client_may_have_a_policy_of_its_own() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(handshake -> {
            Admission admission = Admission.asUser(handshake.query("user").orElseThrow());
            return handshake.query("user").filter("device"::equals).isPresent()
                    ? admission.heartbeat(HeartbeatPolicy.clientDriven(Duration.ofSeconds(10)))
                    : admission;
        }))) {
            TestClient device = hub.client().query("user", "device").connect();
            TestClient browser = hub.client().query("user", "ann").connect();

            hub.advance(Duration.ofSeconds(11));

            assertThat(device).isClosedWith(CloseReason.HEARTBEAT_TIMEOUT);
            assertThat(browser).isConnected();
        }
    }

    @Test
    void a_stalled_client_that_is_pinged_is_gone_in_time() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            ann.stopReading();

            hub.advance(Duration.ofSeconds(36));

            assertThat(hub).hasClients(0);
        }
    }

    @Test
    void a_virtual_day_of_four_clients_takes_less_than_a_second_of_work() {
        try (TestHub hub = TestHub.of()) {
            for (String user : new String[] {"ann", "bob", "cat", "dan"}) {
                hub.connect(user);
            }

            long begin = CPU.getCurrentThreadCpuTime();
            hub.advance(Duration.ofDays(1));
            Duration taken = Duration.ofNanos(CPU.getCurrentThreadCpuTime() - begin);

            assertThat(hub).hasClients(4);
            assertThat(hub.clients())
                    .allSatisfy(client -> assertThat(client.pings()).isGreaterThan(3_400));
            assertThat(taken).isLessThan(Duration.ofSeconds(1));
        }
    }
}
