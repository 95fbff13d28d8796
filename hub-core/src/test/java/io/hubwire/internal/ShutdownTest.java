// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.Hub.ShutdownReport;
import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HandshakeResult.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final List<String> told = new ArrayList<>();

    @Test
    void of_an_empty_hub_is_over_at_once() {
        Lobby lobby = Lobby.with(hub -> hub);

        CompletableFuture<ShutdownReport> over = shutdown(lobby);
        lobby.settle();

        assertThat(over).isCompletedWithValue(new ShutdownReport(0, 0));
    }

    @Test
    void closes_everybody_with_1012_behind_what_waits_for_them() {
        Lobby lobby = Lobby.with(hub -> hub.onDisconnect((client, reason) -> told.add("out " + reason.code())));
        Visitor ann = lobby.enter("ann", RecordingConnection.deferred());
        ann.client().send("a", 1);
        ann.client().send("b", 2);

        CompletableFuture<ShutdownReport> over = shutdown(lobby);
        ann.connection().completeAll(lobby.runtime());
        assertThat(ann.connection().log()).hasSize(3).last().isEqualTo("close 1012");
        assertThat(over).isNotDone();
        ann.handler().onClosed(CloseReason.SERVICE_RESTART);
        lobby.settle();

        assertThat(over).isCompletedWithValue(new ShutdownReport(1, 0));
        assertThat(told).containsExactly("out 1012");
    }

    @Test
    void lets_what_was_begun_finish_and_takes_nothing_new() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        Lobby lobby = Lobby.with(hub ->
                hub.onAsync(EventType.of("slow"), (client, nothing) -> slow).on("next", client -> told.add("next")));
        Visitor ann = lobby.enter("ann");
        ann.handler().onText("{\"event\":\"slow\",\"id\":\"1\"}", true);
        ann.handler().onText("{\"event\":\"next\"}", true);
        lobby.settle();

        shutdown(lobby);
        ann.handler().onText("{\"event\":\"next\",\"id\":\"3\"}", true);
        assertThat(Door.refused(lobby.hub(), BareHandshake.anonymous())).isEqualTo(503);
        lobby.advance(Duration.ofSeconds(1));
        assertThat(ann.client().isConnected()).isTrue();
        slow.complete("");
        lobby.settle();

        assertThat(told).containsExactly("next");
        assertThat(ann.received())
                .containsExactly(
                        "{\"event\":\"next\",\"code\":1402,\"errorMsg\":\"shutting down\",\"id\":\"3\"}",
                        "{\"event\":\"slow\",\"code\":0,\"id\":\"1\"}");
        assertThat(ann.connection().closes()).containsExactly(CloseReason.SERVICE_RESTART);
    }

    @Test
    void does_not_wait_for_a_handler_longer_than_half_of_the_grace() {
        Lobby lobby =
                Lobby.with(hub -> hub.onAsync(EventType.of("stuck"), (client, nothing) -> new CompletableFuture<>()));
        Visitor ann = lobby.enter("ann");
        ann.handler().onText("{\"event\":\"stuck\"}", true);
        lobby.settle();

        shutdown(lobby);
        lobby.advance(Duration.ofMillis(4_900));
        assertThat(ann.client().isConnected()).isTrue();
        lobby.advance(Duration.ofMillis(200));

        assertThat(ann.client().isConnected()).isFalse();
        assertThat(ann.received()).singleElement().asString().contains("\"code\":1401");
        assertThat(ann.connection().closes()).containsExactly(CloseReason.SERVICE_RESTART);
    }

    @Test
    void cuts_what_is_left_after_three_quarters_and_counts_it() {
        OutboxPolicy patient =
                OutboxPolicy.defaults().closeGrace(Duration.ofMinutes(1)).sendTimeout(Duration.ofMinutes(1));
        Lobby lobby = Lobby.with(hub -> hub.outbox(patient));
        Visitor stalled = lobby.enter("ann", RecordingConnection.deferred());
        stalled.client().send("a", 1);
        lobby.enter("bob");

        CompletableFuture<ShutdownReport> over = shutdown(lobby);
        lobby.advance(Duration.ofMillis(7_400));
        assertThat(stalled.connection().aborts()).isZero();
        lobby.advance(Duration.ofMillis(200));

        assertThat(stalled.connection().aborts()).isEqualTo(1);
        assertThat(over).isCompletedWithValueMatching(report -> report.sessions() == 2 && report.aborted() == 2);
    }

    @Test
    void cuts_a_session_that_was_ending_already() {
        Lobby lobby = Lobby.with(hub -> hub);
        Visitor stalled = lobby.enter("ann", RecordingConnection.deferred());
        stalled.client().send("a", 1);
        stalled.client().kick(CloseReason.KICKED);
        lobby.settle();

        CompletableFuture<ShutdownReport> over =
                lobby.hub().shutdown(Duration.ofSeconds(1)).toCompletableFuture();
        lobby.advance(Duration.ofMillis(740));
        assertThat(stalled.connection().aborts()).isZero();
        lobby.advance(Duration.ofMillis(260));

        assertThat(stalled.connection().aborts()).isEqualTo(1);
        assertThat(over).isCompletedWithValue(new ShutdownReport(1, 1));
    }

    @Test
    void cuts_a_session_that_began_late() {
        Lobby lobby = Lobby.with(hub -> hub);
        lobby.enter("bob", RecordingConnection.deferred()).client().send("a", 1);
        Accepted place = Door.admitted(lobby.hub(), BareHandshake.of("ann"));
        RecordingConnection late = RecordingConnection.inline();
        CompletableFuture<ShutdownReport> over =
                lobby.hub().shutdown(Duration.ofSeconds(1)).toCompletableFuture();
        lobby.advance(Duration.ofMillis(600));

        place.open(late);
        lobby.advance(Duration.ofMillis(150));

        assertThat(late.log()).containsExactly("close 1012", "abort");
        assertThat(over).isCompletedWithValue(new ShutdownReport(2, 2));
    }

    @Test
    void cuts_a_session_that_begins_when_it_is_over() {
        Lobby lobby = Lobby.with(hub -> hub);
        Accepted place = Door.admitted(lobby.hub(), BareHandshake.of("ann"));
        RecordingConnection late = RecordingConnection.inline();
        CompletableFuture<ShutdownReport> over = shutdown(lobby);
        lobby.advance(GRACE.dividedBy(2));
        assertThat(over).isDone();

        place.open(late);
        lobby.settle();

        assertThat(late.log()).last().isEqualTo("abort");
    }

    @Test
    void waits_for_a_socket_that_was_promised_and_tells_it_as_well() {
        Lobby lobby = Lobby.with(hub -> hub);
        Accepted opened = Door.admitted(lobby.hub(), BareHandshake.of("ann"));
        Accepted released = Door.admitted(lobby.hub(), BareHandshake.of("bob"));
        CompletableFuture<ShutdownReport> over = shutdown(lobby);
        lobby.advance(Duration.ofSeconds(1));

        RecordingConnection late = RecordingConnection.inline();
        opened.open(late).onClosed(CloseReason.SERVICE_RESTART);
        lobby.settle();
        assertThat(over).isNotDone();
        released.release();
        lobby.settle();

        assertThat(late.closes()).containsExactly(CloseReason.SERVICE_RESTART);
        assertThat(over).isCompletedWithValue(new ShutdownReport(1, 0));
    }

    @Test
    void tells_of_every_user_who_has_gone_before_it_is_over() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Lobby lobby = Lobby.with(hub -> hub.onUserOffline(user -> {
            meanwhile.get().run();
            told.add(user.id() + " offline");
        }));
        Visitor ann = lobby.enter("ann");
        meanwhile.set(lobby::settle); // what other threads do while the application takes its time
        CompletableFuture<ShutdownReport> over = shutdown(lobby);
        over.thenRun(() -> told.add("over"));

        ann.handler().onClosed(CloseReason.GOING_AWAY);
        lobby.settle();

        assertThat(told).containsExactly("ann offline", "over");
    }

    @Test
    void does_not_interrupt_what_is_told_of_an_end() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Lobby lobby = Lobby.with(
                hub -> hub.onDisconnect((client, reason) -> meanwhile.get().run()));
        lobby.enter("ann");
        CompletableFuture<ShutdownReport> over = shutdown(lobby);
        meanwhile.set(() -> lobby.advance(GRACE.minusMillis(1)));

        lobby.settle();

        assertThat(lobby.runtime().interrupts()).isZero();
        assertThat(over).isCompletedWithValue(new ShutdownReport(1, 1));
    }

    @Test
    void does_not_wait_for_what_is_told_of_users_beyond_its_grace() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Lobby lobby =
                Lobby.with(hub -> hub.onUserOffline(user -> meanwhile.get().run()));
        Visitor ann = lobby.enter("ann");
        CompletableFuture<ShutdownReport> over = shutdown(lobby);
        meanwhile.set(() -> {
            lobby.advance(GRACE.minusMillis(1));
            told.add("over " + over.isDone());
            lobby.advance(Duration.ofMillis(1));
            told.add("over " + over.isDone());
        });

        ann.handler().onClosed(CloseReason.GOING_AWAY);
        lobby.settle();

        assertThat(told).containsExactly("over false", "over true");
    }

    @Test
    void by_close_takes_no_longer_than_the_builders_grace_whatever_was_begun_before() {
        Lobby lobby = Lobby.with(hub -> hub.shutdownGrace(GRACE)
                .limits(InboundLimits.defaults().handlerTime(Duration.ofHours(2)))
                .onAsync(EventType.of("stuck"), (client, nothing) -> new CompletableFuture<>()));
        Visitor ann = lobby.enter("ann");
        ann.handler().onText("{\"event\":\"stuck\"}", true);
        lobby.settle();
        CompletableFuture<ShutdownReport> over =
                lobby.hub().shutdown(Duration.ofMinutes(30)).toCompletableFuture();
        lobby.advance(Duration.ofMinutes(1));
        Instant before = lobby.runtime().now();

        lobby.hub().close();

        assertThat(over).isCompletedWithValue(new ShutdownReport(1, 0));
        assertThat(Duration.between(before, lobby.runtime().now())).isLessThanOrEqualTo(GRACE);
    }

    @Test
    void by_close_takes_no_longer_than_what_was_begun_before() {
        Lobby lobby = Lobby.with(hub -> hub.shutdownGrace(Duration.ofMinutes(30)));
        lobby.enter("ann");
        shutdown(lobby);
        Instant before = lobby.runtime().now();

        lobby.hub().close();

        assertThat(Duration.between(before, lobby.runtime().now())).isLessThanOrEqualTo(GRACE);
    }

    @Test
    void is_over_when_the_grace_is_whatever_is_left() {
        Lobby lobby = Lobby.with(hub -> hub.on("stuck", client -> told.add("never")));
        Visitor ann = lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());
        CompletableFuture<ShutdownReport> over =
                lobby.hub().shutdown(Duration.ZERO).toCompletableFuture();

        lobby.advance(Duration.ofMillis(1));

        assertThat(over).isCompletedWithValueMatching(report -> report.sessions() == 1);
        assertThat(ann.client().isConnected()).isFalse();
    }

    @Test
    void tells_everybody_in_slices_and_everybody_within_a_quarter_of_the_grace() {
        Lobby lobby = Lobby.with(
                hub -> hub.connections(ConnectionLimits.defaults().handshakesPerSecond(1_000_000, 1_000_000)));
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            visitors.add(lobby.enterAnonymously());
        }

        shutdown(lobby);
        lobby.settle();
        assertThat(visitors)
                .filteredOn(visitor -> !visitor.client().isConnected())
                .hasSize(100);
        lobby.advance(GRACE.dividedBy(4));

        assertThat(visitors).allMatch(visitor -> !visitor.client().isConnected());
    }

    @Test
    void is_one_however_often_it_is_asked_for() {
        Lobby lobby = Lobby.with(hub -> hub);
        lobby.enter("ann");

        CompletableFuture<ShutdownReport> first = shutdown(lobby);
        CompletableFuture<ShutdownReport> second = shutdown(lobby);
        lobby.advance(GRACE);

        assertThat(first.join()).isEqualTo(second.join());
    }

    @Test
    void leaves_no_timer_behind() {
        Lobby lobby = Lobby.with(hub -> hub);
        Visitor ann = lobby.enter("ann");
        lobby.hub().timers().every(Duration.ofSeconds(1), () -> told.add("tick"));
        ann.client().send("a", 1);

        shutdown(lobby);
        lobby.settle();
        ann.handler().onClosed(CloseReason.SERVICE_RESTART);
        lobby.settle();

        assertThat(lobby.runtime().pendingTimers()).isEmpty();
        lobby.advance(Duration.ofMinutes(1));
        assertThat(told).isEmpty();
    }

    @Test
    void a_grace_out_of_range_changes_nothing() {
        Lobby lobby = Lobby.with(hub -> hub);
        for (Duration bad : List.of(Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1))) {
            assertThatThrownBy(() -> lobby.hub().shutdown(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("shutdown grace is " + bad + ", allowed is zero to 365 days");
        }

        assertThat(lobby.enter("ann").client().isConnected()).isTrue();
    }

    private static CompletableFuture<ShutdownReport> shutdown(Lobby lobby) {
        return lobby.hub().shutdown(GRACE).toCompletableFuture();
    }
}
