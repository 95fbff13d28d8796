// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.EventType;
import io.hubwire.Hub.ShutdownReport;
import io.hubwire.HubBuilder;
import io.hubwire.OutboxPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.ConnectAttempt;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final EventType<Void> SLOW = EventType.of("slow");

    private final CompletableFuture<Object> slow = new CompletableFuture<>();
    private final List<String> log = new ArrayList<>();
    private final List<ShutdownReport> reports = new ArrayList<>();
    private final TestHub hub = TestHub.of(this::wire);

    private HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.ping())
                .on("note", client -> log.add("note"))
                .onAsync(SLOW, (client, nothing) -> slow)
                .onDisconnect((client, reason) -> log.add(client.requireUser().id() + " " + reason.code()));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void every_client_is_told_1012_and_nothing_is_left() {
        TestClient ann = hub.connect("ann");
        TestClient bob = hub.connect("bob");

        shutdown();
        hub.advance(GRACE);

        assertThat(ann).isClosedWith(CloseReason.SERVICE_RESTART);
        assertThat(bob).isClosedWith(CloseReason.SERVICE_RESTART);
        assertThat(reports).containsExactly(new ShutdownReport(2, 0));
        assertThat(log).containsExactlyInAnyOrder("ann 1012", "bob 1012");
        assertThat(hub).hasNoLeftovers();
        assertThat(hub.time().pendingTimers()).isEmpty();
    }

    @Test
    void closing_the_hub_itself_passes_virtual_time_until_it_is_over() {
        TestClient ann = hub.connect("ann");
        ann.send(SLOW);

        hub.hub().close();

        assertThat(ann).isClosedWith(CloseReason.SERVICE_RESTART);
        assertThat(log).containsExactly("ann 1012");
        assertThat(hub.hub().online().list()).isEmpty();
    }

    @Test
    void new_connections_are_refused_with_503() {
        hub.connect("ann").send(SLOW);

        shutdown();

        assertThat(hub.client().user("bob").tryConnect().refusedWith()).hasValue(503);
    }

    @Test
    void a_running_handler_finishes_and_its_answer_arrives_before_the_close() {
        TestClient ann = hub.connect("ann");
        Reply<Object> reply = ann.request("slow");

        shutdown();
        hub.advance(Duration.ofSeconds(2));
        assertThat(ann).isConnected();
        slow.complete("done");
        hub.advance(GRACE);

        reply.isOk();
        assertThat(ann).isClosedWith(CloseReason.SERVICE_RESTART);
        assertThat(reports).containsExactly(new ShutdownReport(1, 0));
    }

    @Test
    void new_events_are_answered_with_1402_and_ping_as_ever() {
        TestClient ann = hub.connect("ann");
        ann.send(SLOW);
        shutdown();

        ann.request("note").failedWith(ErrorCode.SHUTTING_DOWN);
        ann.request("ping").isOk();
    }

    @Test
    void what_waits_for_a_client_is_written_before_it_is_closed() {
        TestClient ann = hub.client().user("ann").socketBuffer(1).connect();
        ann.stopReading();
        hub.hub().all().send("news", "1");
        hub.hub().all().send("news", "2");

        shutdown();
        hub.advance(Duration.ofSeconds(1));
        ann.resumeReading();
        hub.advance(GRACE);

        assertThat(ann).receivedEvents("news", "news").isClosedWith(CloseReason.SERVICE_RESTART);
    }

    @Test
    void whoever_is_not_gone_in_time_is_cut_and_counted() {
        try (TestHub patient = TestHub.of(builder -> wire(builder)
                .outbox(OutboxPolicy.defaults()
                        .closeGrace(Duration.ofMinutes(1))
                        .sendTimeout(Duration.ofMinutes(1))))) {
            TestClient ann = patient.connect("ann");
            TestClient bob = patient.client().user("bob").socketBuffer(1).connect();
            ann.send(SLOW);
            bob.stopReading();
            patient.hub().all().send("news", "1");
            patient.settle();

            patient.hub().shutdown(GRACE).thenAccept(reports::add);
            patient.advance(GRACE);

            assertThat(bob).isClosedWith(1006);
            assertThat(ann).isClosedWith(CloseReason.SERVICE_RESTART);
            assertThat(patient).hasNoLeftovers();
            assertThat(reports).containsExactly(new ShutdownReport(2, 1));
        }
    }

    @Test
    void a_client_that_was_kicked_and_does_not_read_is_cut_as_well() {
        TestClient stalled = hub.client().user("ann").socketBuffer(64).connect();
        stalled.stopReading();
        for (int i = 0; i < 5; i++) {
            stalled.session().send("news", "x".repeat(60));
        }
        stalled.session().kick(CloseReason.KICKED);
        hub.settle();

        hub.hub().shutdown(Duration.ofSeconds(1)).thenAccept(reports::add);
        hub.advance(GRACE);

        assertThat(stalled.isConnected()).isFalse();
        assertThat(reports).containsExactly(new ShutdownReport(1, 1));
    }

    @Test
    void a_handshake_that_is_undecided_is_refused_with_503() {
        try (TestHub undecided =
                TestHub.of(builder -> builder.authenticatorAsync(handshake -> new CompletableFuture<>()))) {
            ConnectAttempt attempt = undecided.client().tryConnect();
            assertThat(attempt.isPending()).isTrue();

            undecided.hub().shutdown(GRACE);
            undecided.settle();

            assertThat(attempt.refusedWith()).hasValue(503);
        }
    }

    @Test
    void closing_the_hub_shortens_a_shutdown_that_has_begun() {
        hub.connect("ann").send(SLOW);
        hub.hub().shutdown(Duration.ofMinutes(30));
        Duration before = hub.time().elapsed();

        hub.hub().close();

        assertThat(hub.time().elapsed().minus(before)).isLessThanOrEqualTo(GRACE);
    }

    @Test
    void a_shutdown_without_grace_is_over_at_once() {
        TestClient ann = hub.connect("ann");
        ann.send(SLOW);

        hub.hub().shutdown(Duration.ZERO).thenAccept(reports::add);
        hub.settle();

        assertThat(ann.isConnected()).isFalse();
        assertThat(reports).hasSize(1);
        assertThat(hub).hasNoLeftovers();
    }

    @Test
    void no_timer_of_the_application_runs_any_more() {
        hub.hub().timers().after(Duration.ofSeconds(1), () -> log.add("too late"));

        shutdown();
        hub.advance(GRACE);

        assertThat(log).isEmpty();
    }

    @Test
    void a_hub_without_clients_is_shut_down_at_once() {
        shutdown();

        assertThat(reports).containsExactly(new ShutdownReport(0, 0));
    }

    @Test
    void a_second_shutdown_is_the_first() {
        hub.connect("ann");

        shutdown();
        shutdown();
        hub.advance(GRACE);

        assertThat(reports).containsExactly(new ShutdownReport(1, 0), new ShutdownReport(1, 0));
    }

    @Test
    void many_clients_are_closed_in_slices_within_the_grace() {
        for (int i = 0; i < 300; i++) {
            hub.connect("user-" + i);
            hub.advance(Duration.ofMillis(5));
        }

        shutdown();
        hub.advance(GRACE);

        assertThat(hub.clients())
                .allSatisfy(client -> assertThat(client.closedWith()).hasValue(CloseReason.SERVICE_RESTART));
        assertThat(reports).containsExactly(new ShutdownReport(300, 0));
    }

    @Test
    void a_negative_grace_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> hub.hub().shutdown(Duration.ofSeconds(-1)));
    }

    private void shutdown() {
        hub.hub().shutdown(GRACE).thenAccept(reports::add);
        hub.settle();
    }
}
