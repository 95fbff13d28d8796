// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.Admission;
import io.hubwire.HubBuilder;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RealModeTest {
    @Test
    void what_is_expected_is_awaited() {
        try (TestHub hub = start(builder -> builder.on(
                "say", String.class, (client, text) -> client.hub().all().send("said", text)))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            for (int i = 0; i < 50; i++) {
                ann.send("say", "hi " + i);
            }

            for (int i = 0; i < 50; i++) {
                bob.expectPush("said").hasData("\"hi " + i + "\"");
            }
        }
    }

    @Test
    void sessions_and_clients_belong_together() {
        try (TestHub hub = start(builder -> builder.install(StandardEvents.ping()))) {
            List<TestClient> clients = List.of(hub.connect("ann"), hub.connect("bob"), hub.connect("ann"));

            assertThat(clients)
                    .extracting(client -> client.session().requireUser().id())
                    .containsExactly("ann", "bob", "ann");
        }
    }

    @Test
    void a_refusal_and_a_kick_are_results_here_too() {
        try (TestHub hub = start(builder -> builder.authenticator(
                        handshake -> handshake.token().isPresent() ? Admission.anonymous() : Admission.refuse(401))
                .onConnect(client -> client.kick(CloseReason.KICKED)))) {
            assertThat(hub.client().tryConnect().refusedWith()).hasValue(401);

            TestClient ann = hub.client().token("x").connect();

            hub.settleUntil(() -> !ann.isConnected());
            assertThat(ann.closedWith()).hasValue(CloseReason.KICKED);
        }
    }

    @Test
    void a_slow_decision_is_awaited() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        Thread other = new Thread(() -> decision.complete(Admission.asUser("ann")));
        try (TestHub hub = start(builder -> builder.authenticator(handshake -> {
            other.start();
            return decision.join();
        }))) {
            assertThat(hub.client().tryConnect().isAccepted()).isTrue();
        }
    }

    @Test
    void time_cannot_be_advanced_nor_looked_at() {
        try (TestHub hub = start(builder -> builder)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> hub.advance(Duration.ofSeconds(1)))
                    .withMessageContaining("cannot advance by PT1S: in Mode.REAL the clock is the wall's");
            assertThatIllegalStateException().isThrownBy(hub::time).withMessageContaining("Mode.REAL");
            assertThat(hub.now()).isBetween(Instant.now().minusSeconds(60), Instant.now());
        }
    }

    @Test
    void what_a_test_looks_at_is_awaited_too() {
        try (TestHub hub =
                start(builder -> builder.on("say", client -> client.hub().all().send("said", 1))
                        .on("leave", client -> client.kick(CloseReason.KICKED)))) {
            TestClient ann = hub.connect("ann");

            ann.send("say");
            assertThat(hub).lastBroadcastReached(1);
            ann.send("leave");
            assertThat(ann).isClosedWith(CloseReason.KICKED);
            assertThat(hub).hasNoLeftovers();
        }
    }

    @Test
    void an_interrupt_is_no_answer() {
        try (TestHub hub = start(builder -> builder)) {
            TestClient ann = hub.connect("ann");

            Thread.currentThread().interrupt();

            assertThatIllegalStateException()
                    .isThrownBy(() -> ann.expectPush("said"))
                    .withMessage("interrupted while waiting for the hub's threads");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void a_failure_says_that_the_clock_is_the_wall_s() {
        try (TestHub hub = start(builder -> builder)) {
            TestClient ann = hub.connect("ann");
            ann.drop();

            hub.settleUntil(() -> !ann.isConnected());
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> ann.send("too late"))
                    .withMessageContaining("the hub runs on the wall's clock (Mode.REAL)")
                    .withMessageContaining("the wall's clock from 20");
        }
    }

    @Test
    void closing_leaves_no_thread_of_the_kit_behind() {
        List<Thread> wires = new CopyOnWriteArrayList<>();
        TestHub hub = start(builder -> builder.observer(new HubObserver() {
            @Override
            public void clientConnected(String client) {
                wires.add(Thread.currentThread());
            }
        }));
        hub.connect("ann").stopReading();

        hub.close();

        assertThat(wires).hasSize(1).noneMatch(Thread::isAlive);
    }

    @Test
    void a_transport_of_one_s_own_needs_this_mode() {
        TestHubBuilder serial = TestHub.builder().transport(new InMemoryTransport(new WireThread()));

        assertThatIllegalStateException().isThrownBy(serial::start).withMessageContaining("needs Mode.REAL");
    }

    private static TestHub start(UnaryOperator<HubBuilder> application) {
        return TestHub.builder().mode(Mode.REAL).start(application);
    }
}
