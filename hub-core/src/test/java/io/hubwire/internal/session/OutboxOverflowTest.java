// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType.Delivery;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.testing.CountingReceipt;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxOverflowTest {
    private static final String KIBIBYTE = "k".repeat(1024);

    private final ManualRuntime runtime = new ManualRuntime();
    private final RecordingConnection connection = RecordingConnection.deferred();
    private final CountingReceipt receipt = new CountingReceipt();

    @Test
    void disconnect_ends_the_session_of_a_client_for_whom_too_many_messages_wait() {
        SessionStage stage = stage(OutboxPolicy.atMost(2, 4096));
        ClientSession session = stage.open(connection);
        offer(session, "in flight");
        offer(session, "1");
        offer(session, "2");

        assertThat(offer(session, "3")).isEqualTo(Refusal.OVERFLOW);
        runtime.runAll();

        assertThat(session.life().reason()).isEqualTo(CloseReason.SLOW_CONSUMER);
        assertThat(connection.closes()).containsExactly(CloseReason.SLOW_CONSUMER);
        assertThat(receipt.lost()).isEqualTo(3);
        assertThat(stage.context().outboxBudget().used()).isZero();
    }

    @Test
    void disconnect_ends_the_session_of_a_client_for_whom_too_many_bytes_wait() {
        SessionStage stage = stage(OutboxPolicy.atMost(100, 2048));
        ClientSession session = stage.open(connection);
        offer(session, "in flight");
        offer(session, KIBIBYTE);
        assertThat(offer(session, KIBIBYTE)).isNull();

        assertThat(offer(session, "1")).isEqualTo(Refusal.OVERFLOW);

        assertThat(session.life().reason()).isEqualTo(CloseReason.SLOW_CONSUMER);
    }

    @Test
    void drop_oldest_makes_room_by_count() {
        SessionStage stage = stage(OutboxPolicy.atMost(2, 4096).onOverflow(Overflow.DROP_OLDEST));
        ClientSession session = stage.open(connection);
        offer(session, "in flight");
        offer(session, "1");
        offer(session, "2");

        assertThat(offer(session, "3")).isNull();
        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly("in flight", "2", "3");
        assertThat(receipt.lost()).isEqualTo(1);
        assertThat(receipt.written()).isEqualTo(3);
        assertThat(stage.dropped()).containsExactly(session.id());
    }

    @Test
    void drop_oldest_makes_room_by_bytes_with_as_many_as_it_takes() {
        SessionStage stage = stage(OutboxPolicy.atMost(100, 1024).onOverflow(Overflow.DROP_OLDEST));
        ClientSession session = stage.open(connection);
        offer(session, "in flight");
        offer(session, "a".repeat(512));
        offer(session, "b".repeat(256));
        offer(session, "c".repeat(256));

        assertThat(offer(session, "d".repeat(600))).isNull();
        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly("in flight", "c".repeat(256), "d".repeat(600));
        assertThat(receipt.lost()).isEqualTo(2);
        assertThat(stage.context().outboxBudget().used()).isZero();
    }

    @Test
    void drop_oldest_drops_nothing_for_a_message_that_never_fits() {
        SessionStage stage = stage(OutboxPolicy.atMost(100, 1024).onOverflow(Overflow.DROP_OLDEST));
        ClientSession session = stage.open(connection);
        offer(session, "in flight");
        offer(session, "waits");

        assertThat(offer(session, KIBIBYTE + "1")).isEqualTo(Refusal.OVERFLOW);
        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly("in flight", "waits");
        assertThat(receipt.lost()).isZero();
        assertThat(stage.dropped()).containsExactly(session.id());
    }

    @Test
    void drop_newest_refuses_the_message_and_keeps_what_waits() {
        SessionStage stage = stage(OutboxPolicy.atMost(2, 4096).onOverflow(Overflow.DROP_NEWEST));
        ClientSession session = stage.open(connection);
        offer(session, "in flight");
        offer(session, "1");
        offer(session, "2");

        assertThat(offer(session, "3")).isEqualTo(Refusal.OVERFLOW);
        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly("in flight", "1", "2");
        assertThat(session.isConnected()).isTrue();
        assertThat(receipt.lost()).isZero();
        assertThat(stage.dropped()).containsExactly(session.id());
    }

    @Test
    void drop_newest_counts_bytes_as_well() {
        SessionStage stage = stage(OutboxPolicy.atMost(100, 1024).onOverflow(Overflow.DROP_NEWEST));
        ClientSession session = stage.open(connection);
        offer(session, "in flight");
        offer(session, KIBIBYTE);

        assertThat(offer(session, "1")).isEqualTo(Refusal.OVERFLOW);
        assertThat(session.isConnected()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void the_message_in_flight_does_not_count_against_the_limits(Overflow overflow) {
        SessionStage stage = stage(OutboxPolicy.atMost(1, 1024).onOverflow(overflow));
        ClientSession session = stage.open(connection);

        assertThat(offer(session, KIBIBYTE.repeat(100))).isNull();
        assertThat(offer(session, KIBIBYTE)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void a_message_that_nothing_is_before_is_not_refused_when_a_writer_is_to_send_it(Overflow overflow) {
        SessionStage stage = stage(OutboxPolicy.atMost(1, 1024).onOverflow(overflow));
        ClientSession session = stage.open(connection);
        String large = KIBIBYTE.repeat(100);

        assertThat(session.outbox().offer(message(large, receipt), false)).isNull();
        assertThat(session.outbox().offer(message("waits", receipt), false)).isNull();
        assertThat(stage.context().outboxBudget().used()).isEqualTo(5);
        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly(large, "waits");
        assertThat(receipt.written()).isEqualTo(2);
        assertThat(session.isConnected()).isTrue();
        assertThat(stage.context().outboxBudget().used()).isZero();
    }

    @Test
    void a_message_that_comes_while_a_ping_is_made_is_not_refused_for_its_size() {
        ClientSession session = stage(OutboxPolicy.atMost(1, 1024)).open(connection);
        connection.duringNextPing(
                () -> assertThat(offer(session, KIBIBYTE.repeat(100))).isNull());

        session.outbox().ping();
        connection.completeAll(runtime);

        assertThat(connection.sent()).hasSize(1);
        assertThat(session.isConnected()).isTrue();
    }

    @Test
    void a_message_that_comes_between_two_sends_is_not_refused_for_its_size() {
        RecordingConnection quick = RecordingConnection.inline();
        ClientSession session = stage(OutboxPolicy.atMost(1, 1024)).open(quick);
        Outgoing.Receipt offersMore = new Outgoing.Receipt() {
            @Override
            public void onWritten() {
                assertThat(offer(session, KIBIBYTE.repeat(100))).isNull();
            }

            @Override
            public void onLost() {}
        };

        session.outbox().offer(message("first", offersMore), true);

        assertThat(quick.sent()).containsExactly("first", KIBIBYTE.repeat(100));
        assertThat(session.isConnected()).isTrue();
    }

    @Test
    void an_ephemeral_message_that_nothing_is_before_goes_through_a_writer_and_the_next_waits() {
        ClientSession session = stage(OutboxPolicy.defaults()).open(connection);

        assertThat(session.outbox().offer(ephemeral("typing"), false)).isNull();
        assertThat(session.outbox().offer(ephemeral("typing more"), false)).isNull();
        assertThat(session.outbox().offer(ephemeral("and more"), false)).isEqualTo(Refusal.SUPERSEDED);
        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly("typing", "typing more");
    }

    @Test
    void the_budget_of_the_hub_is_shared_and_given_back_exactly() {
        SessionStage stage =
                stage(OutboxPolicy.atMost(4096, 1 << 21).hubBytes(1 << 20).onOverflow(Overflow.DROP_NEWEST));
        ClientSession first = stage.open(connection);
        RecordingConnection otherConnection = RecordingConnection.deferred();
        ClientSession second = stage.open(otherConnection);
        offer(first, "in flight");
        offer(second, "in flight");
        for (int i = 0; i < 1024; i++) {
            assertThat(offer(i % 2 == 0 ? first : second, KIBIBYTE)).isNull();
        }

        assertThat(offer(second, "1")).isEqualTo(Refusal.OVERFLOW);
        connection.completeSend();
        runtime.runAll();

        assertThat(stage.context().outboxBudget().used()).isEqualTo((1 << 20) - 1024);
        assertThat(offer(second, "1")).isNull();
        first.outbox().discard();
        second.outbox().discard();
        assertThat(stage.context().outboxBudget().used()).isZero();
    }

    @Test
    void an_ephemeral_message_goes_when_nothing_waits_and_is_superseded_when_anything_does() {
        SessionStage stage = stage(OutboxPolicy.defaults());
        ClientSession session = stage.open(connection);
        offer(session, "in flight");

        assertThat(session.outbox().offer(ephemeral("typing"), true)).isNull();
        assertThat(session.outbox().offer(ephemeral("typing more"), true)).isEqualTo(Refusal.SUPERSEDED);
        offer(session, "last");
        connection.completeAll(runtime);

        assertThat(connection.sent()).containsExactly("in flight", "typing", "last");
        assertThat(receipt.lost()).isZero();
    }

    @Test
    void an_ephemeral_message_that_does_not_fit_ends_no_session() {
        SessionStage stage = stage(OutboxPolicy.atMost(10, 1024));
        ClientSession session = stage.open(connection);
        offer(session, "in flight");

        assertThat(session.outbox().offer(ephemeral(KIBIBYTE + "1"), true)).isNotNull();

        assertThat(session.isConnected()).isTrue();
    }

    private SessionStage stage(OutboxPolicy policy) {
        return SessionStage.of(runtime, policy);
    }

    private Outgoing ephemeral(String text) {
        return new Outgoing("typing", Frame.of(text), Delivery.EPHEMERAL, receipt);
    }

    private Refusal offer(ClientSession session, String text) {
        return session.outbox().offer(message(text, receipt), true);
    }
}
