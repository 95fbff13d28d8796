// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Outcome;
import io.hubwire.SendReport.Refusal;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.SendCompletion;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What waits for a client that does not read. Its socket holds one byte, so the first message is stuck in flight and
 * the rest waits in the outbox.
 */
class OutboxTest {
    private static final EventType<String> NEWS = EventType.of("news", String.class);
    private static final EventType<String> CURSOR =
            EventType.of("cursor", String.class).ephemeral();

    /** More than a sender writes to by itself. */
    private static final int MANY = 100;

    private static final OutboxPolicy THREE = OutboxPolicy.atMost(3, 1 << 20);

    @ParameterizedTest
    @EnumSource(SendCompletion.class)
    void messages_arrive_once_and_in_order_however_the_container_completes_sends(SendCompletion completion) {
        try (TestHub hub = TestHub.of().sendCompletion(completion)) {
            TestClient ann = hub.connect("ann");

            IntStream.range(0, 200).forEach(i -> hub.hub().all().send(NEWS, "" + i));
            hub.settle();

            assertThat(ann)
                    .received(NEWS)
                    .containsExactly(
                            IntStream.range(0, 200).mapToObj(i -> "" + i).toArray(String[]::new));
        }
    }

    @Test
    void a_client_that_stops_reading_is_told_nothing_and_disconnected_when_its_outbox_overflows() {
        try (TestHub hub = hub(THREE.onOverflow(Overflow.DISCONNECT))) {
            TestClient ann = stalled(hub, "ann");
            TestClient bob = hub.connect("bob");

            send(hub, 4);
            assertThat(hub).hasClients(2);

            SendReport report = hub.hub().all().send(NEWS, "5");
            hub.settle();

            assertThat(report.targets()).isEqualTo(2);
            assertThat(report.accepted()).isEqualTo(1);
            assertThat(report.refused(Refusal.OVERFLOW)).isEqualTo(1);
            assertThat(report.isComplete()).isFalse();
            assertThat(hub).endedSession(ann, CloseReason.SLOW_CONSUMER).hasClients(1);
            assertThat(bob).received(NEWS).containsExactly("1", "2", "3", "4", "5");

            hub.advance(Duration.ofSeconds(5));
            assertThat(ann).receivedNothing().isClosedWith(1006);
        }
    }

    @Test
    void the_newest_is_dropped_if_the_policy_says_so() {
        try (TestHub hub = hub(THREE.onOverflow(Overflow.DROP_NEWEST))) {
            TestClient ann = stalled(hub, "ann");

            send(hub, 4);
            SendReport report = hub.hub().all().send(NEWS, "5");
            ann.resumeReading();

            assertThat(report.refused(Refusal.OVERFLOW)).isEqualTo(1);
            assertThat(ann).received(NEWS).containsExactly("1", "2", "3", "4");
        }
    }

    @Test
    void the_oldest_that_waits_is_dropped_if_the_policy_says_so() {
        try (TestHub hub = hub(THREE.onOverflow(Overflow.DROP_OLDEST))) {
            TestClient ann = stalled(hub, "ann");
            List<Outcome> outcomes = new ArrayList<>();

            send(hub, 1);
            hub.hub().all().send(NEWS, "2").written().thenAccept(outcomes::add);
            hub.hub().all().send(NEWS, "3");
            hub.hub().all().send(NEWS, "4");
            SendReport report = hub.hub().all().send(NEWS, "5");
            hub.settle();

            assertThat(report.isComplete()).isTrue();
            assertThat(outcomes).containsExactly(new Outcome(0, 1));
            ann.resumeReading();
            assertThat(ann).received(NEWS).containsExactly("1", "3", "4", "5");
        }
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void the_limit_in_bytes_holds_as_well(Overflow overflow) {
        try (TestHub hub = hub(OutboxPolicy.atMost(1_000, 1_024).onOverflow(overflow))) {
            TestClient ann = stalled(hub, "ann");
            String text = "x".repeat(300);

            send(hub, 1);
            IntStream.range(0, 2).forEach(i -> hub.hub().all().send(NEWS, text));
            assertThat(hub.hub().all().send(NEWS, "y".repeat(200)).isComplete()).isTrue();
            assertThat(hub).hasClients(1);
            SendReport beyond = hub.hub().all().send(NEWS, text);
            hub.settle();

            assertThat(beyond.isComplete()).isEqualTo(overflow == Overflow.DROP_OLDEST);
            assertThat(hub).hasClients(overflow == Overflow.DISCONNECT ? 0 : 1);
            assertThat(ann).receivedNothing();
        }
    }

    @Test
    void a_message_larger_than_the_whole_outbox_gets_through_to_a_client_that_reads() {
        try (TestHub hub = hub(OutboxPolicy.atMost(3, 1_024))) {
            TestClient ann = hub.connect("ann");

            SendReport report = hub.hub().all().send(NEWS, "x".repeat(5_000));
            hub.settle();

            assertThat(report.isComplete()).isTrue();
            assertThat(ann).received(NEWS).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void a_message_larger_than_the_whole_outbox_gets_through_to_everybody_who_reads(Overflow overflow) {
        ConnectionLimits many = ConnectionLimits.defaults().perUser(MANY);
        OutboxPolicy policy = OutboxPolicy.atMost(3, 1_024).onOverflow(overflow);
        try (TestHub hub = TestHub.of(builder -> builder.outbox(policy).connections(many))) {
            List<TestClient> clients = IntStream.range(0, MANY)
                    .mapToObj(i -> hub.connect("client-" + i))
                    .toList();

            SendReport report = hub.hub().all().send(NEWS, "x".repeat(5_000));
            hub.settle();

            assertThat(report.accepted()).isEqualTo(MANY);
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client).received(NEWS).hasSize(1));
            assertThat(hub).hasClients(MANY);
        }
    }

    @Test
    void a_frame_in_flight_for_too_long_ends_the_session_even_if_nobody_sends_again() {
        try (TestHub hub = hub(OutboxPolicy.defaults())) {
            TestClient ann = stalled(hub, "ann");
            send(hub, 1);

            hub.advance(Duration.ofMillis(9_900));
            assertThat(hub).hasClients(1);
            hub.advance(Duration.ofMillis(300));

            assertThat(hub).endedSession(ann, CloseReason.SLOW_CONSUMER).hasClients(0);
            hub.advance(Duration.ofSeconds(5));
            assertThat(ann).isClosedWith(1006);
            assertThat(hub).hasNoLeftovers();
        }
    }

    @Test
    void a_client_that_reads_slowly_but_steadily_is_not_cut() {
        try (TestHub hub = hub(OutboxPolicy.defaults())) {
            TestClient ann = hub.client().user("ann").socketBuffer(1).connect();
            for (int i = 0; i < 20; i++) {
                ann.stopReading();
                hub.hub().all().send(NEWS, "" + i);
                hub.advance(Duration.ofSeconds(9));
                ann.resumeReading();
            }

            assertThat(ann).isConnected().received(NEWS).hasSize(20);
        }
    }

    @Test
    void a_kick_of_a_stalled_client_is_over_in_bounded_time_all_the_same() {
        try (TestHub hub = TestHub.of(StandardEvents.kick())) {
            TestClient ann = stalled(hub, "ann");
            send(hub, 3);

            ann.session().kick(CloseReason.KICKED);
            hub.settle();
            assertThat(hub).endedSession(ann, CloseReason.KICKED).hasClients(0);
            assertThat(ann).isConnected();

            hub.advance(Duration.ofMillis(4_300));
            assertThat(ann).isClosedWith(1006).receivedNothing();
            assertThat(hub).hasNoLeftovers();
        }
    }

    @Test
    void an_ephemeral_message_is_dropped_for_a_client_for_whom_anything_waits() {
        try (TestHub hub = hub(OutboxPolicy.defaults())) {
            TestClient ann = stalled(hub, "ann");
            TestClient bob = hub.connect("bob");
            send(hub, 2);

            SendReport report = hub.hub().all().send(CURSOR, "10,20");
            hub.settle();
            ann.resumeReading();
            hub.hub().all().send(CURSOR, "11,21");
            hub.settle();

            assertThat(report.refused(Refusal.SUPERSEDED)).isEqualTo(1);
            assertThat(ann).received(CURSOR).containsExactly("11,21");
            assertThat(bob).received(CURSOR).containsExactly("10,20", "11,21");
        }
    }

    @Test
    void a_report_counts_and_says_when_all_is_written() {
        try (TestHub hub = hub(OutboxPolicy.defaults())) {
            TestClient ann = stalled(hub, "ann");
            hub.connect("bob");
            List<Outcome> outcomes = new ArrayList<>();

            SendReport report = hub.hub().all().send(NEWS, "x");
            report.written().thenAccept(outcomes::add);
            hub.settle();

            assertThat(report.targets()).isEqualTo(2);
            assertThat(report.accepted()).isEqualTo(2);
            assertThat(report.isComplete()).isTrue();
            assertThat(outcomes).isEmpty();

            ann.resumeReading();
            assertThat(outcomes).containsExactly(new Outcome(2, 0));
        }
    }

    @Test
    void what_is_lost_with_its_session_is_counted_as_lost() {
        try (TestHub hub = hub(OutboxPolicy.defaults())) {
            TestClient ann = stalled(hub, "ann");
            List<Outcome> outcomes = new ArrayList<>();
            send(hub, 1);
            hub.hub().all().send(NEWS, "x").written().thenAccept(outcomes::add);

            ann.drop();

            assertThat(outcomes).containsExactly(new Outcome(0, 1));
        }
    }

    @Test
    void a_send_to_a_session_that_has_ended_is_refused() {
        try (TestHub hub = hub(OutboxPolicy.defaults())) {
            TestClient ann = hub.connect("ann");
            ann.close();

            SendReport report = ann.session().send(NEWS, "x");

            assertThat(report.targets()).isEqualTo(1);
            assertThat(report.refused(Refusal.CLOSED)).isEqualTo(1);
            assertThat(report.written()).isCompletedWithValue(new Outcome(0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(SendCompletion.class)
    void a_long_backlog_is_written_without_growing_the_stack(SendCompletion completion) {
        OutboxPolicy policy = OutboxPolicy.atMost(20_000, 1L << 30);
        try (TestHub hub = hub(policy).sendCompletion(completion)) {
            TestClient ann = stalled(hub, "ann");
            IntStream.range(0, 10_000).forEach(i -> hub.hub().all().send(NEWS, "" + i));
            hub.settle();

            ann.resumeReading();

            assertThat(ann).received(NEWS).hasSize(10_000).last().isEqualTo("9999");
        }
    }

    @Test
    void the_hub_s_memory_for_all_outboxes_is_bounded() {
        OutboxPolicy policy =
                OutboxPolicy.atMost(1_000, 1L << 30).hubBytes(1 << 20).onOverflow(Overflow.DROP_NEWEST);
        try (TestHub hub = hub(policy)) {
            for (int i = 0; i < 4; i++) {
                stalled(hub, "client-" + i);
            }
            String text = "x".repeat(100_000);
            send(hub, 1);

            hub.hub().all().send(NEWS, text);
            assertThat(hub.hub().all().send(NEWS, text).isComplete()).isTrue();
            assertThat(hub.hub().all().send(NEWS, text).accepted()).isEqualTo(2);
        }
    }

    @Test
    void clients_that_do_not_read_cannot_take_the_memory_from_one_that_does() {
        OutboxPolicy policy = OutboxPolicy.atMost(1_000, 1L << 20).hubBytes(1 << 20);
        try (TestHub hub = hub(policy)) {
            TestClient greedy = stalled(hub, "greedy");
            IntStream.range(0, 3).forEach(i -> stalled(hub, "client-" + i));
            TestClient healthy = stalled(hub, "healthy");
            send(hub, 1);
            String text = "x".repeat(200_000);
            IntStream.range(0, 5).forEach(i -> hub.hub().user("greedy").send(NEWS, text));

            assertThat(hub.hub().user("healthy").send(NEWS, text).isComplete()).isTrue();
            assertThat(hub.hub().user("greedy").send(NEWS, text).isComplete()).isFalse();
            healthy.resumeReading();

            assertThat(healthy).received(NEWS).containsExactly("1", text);
            greedy.resumeReading();
            assertThat(greedy).isClosedWith(CloseReason.SLOW_CONSUMER);
        }
    }

    private static TestHub hub(OutboxPolicy policy) {
        return TestHub.of(builder -> builder.outbox(policy));
    }

    private static TestClient stalled(TestHub hub, String user) {
        TestClient client = hub.client().user(user).socketBuffer(1).connect();
        client.stopReading();
        return client;
    }

    private static void send(TestHub hub, int count) {
        for (int i = 1; i <= count; i++) {
            hub.hub().all().send(NEWS, "" + i);
            hub.settle();
        }
    }
}
