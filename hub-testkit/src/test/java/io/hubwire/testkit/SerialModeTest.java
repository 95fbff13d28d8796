// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.Client;
import io.hubwire.Hub.ShutdownReport;
import io.hubwire.SendReport.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SerialModeTest {
    private final List<Throwable> thrown = new ArrayList<>();

    @Test
    void a_handler_that_waits_for_the_hub_is_told_what_to_do_instead() {
        try (TestHub hub = TestHub.of(builder -> builder.on("say", this::sayAndWait))) {
            hub.connect("ann").send("say");

            assertThat(thrown)
                    .singleElement()
                    .hasToString(
                            "java.lang.IllegalStateException: SendReport.written() is waited for within a task of the"
                                    + " hub, on the only thread that could complete it: use Mode.BATON, or compose the stage"
                                    + " instead of waiting");
        }
    }

    @Test
    void a_handler_may_look_at_what_has_completed() {
        List<Outcome> outcomes = new ArrayList<>();
        try (TestHub hub = TestHub.of(builder -> builder.on(
                "say",
                client -> outcomes.add(client.hub()
                        .group("nobody")
                        .send("said", "x")
                        .written()
                        .toCompletableFuture()
                        .join())))) {
            hub.connect("ann").send("say");

            assertThat(outcomes).containsExactly(new Outcome(0, 0));
        }
    }

    @Test
    void a_test_that_waits_lets_virtual_time_pass() {
        try (TestHub hub = TestHub.of()) {
            hub.connect("ann").stopReading();

            CompletableFuture<ShutdownReport> end =
                    hub.hub().shutdown(Duration.ofSeconds(20)).toCompletableFuture();

            assertThat(end.join()).isEqualTo(new ShutdownReport(1, 0));
            assertThat(hub.time().elapsed()).isBetween(Duration.ZERO, Duration.ofSeconds(20));
        }
    }

    @Test
    void a_test_waits_no_longer_than_it_said_in_virtual_time() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.client().user("ann").socketBuffer(10).connect();
            ann.stopReading();
            CompletableFuture<Outcome> written =
                    hub.hub().all().send("news", "too much").written().toCompletableFuture();

            assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> written.get(3, TimeUnit.SECONDS));

            assertThat(hub.time().elapsed()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void a_wait_for_what_never_comes_has_an_end() {
        TestRuntime runtime = TestRuntime.create();

        assertThatIllegalStateException()
                .isThrownBy(() -> runtime.await("the end", new CompletableFuture<>(), Duration.ofDays(1)))
                .withMessageContaining("nothing that is left to run within PT1H of virtual time completes the end");
    }

    @Test
    void a_thread_of_the_application_waits_as_in_production() throws Exception {
        try (TestHub hub = TestHub.of()) {
            hub.connect("ann");
            CompletableFuture<Outcome> written =
                    hub.hub().all().send("news", "x").written().toCompletableFuture();
            CompletableFuture<Outcome> seen = new CompletableFuture<>();
            Thread other = new Thread(() -> seen.complete(written.join()));

            other.start();
            hub.settleUntil(seen::isDone);
            other.join();

            assertThat(seen).isCompletedWithValue(new Outcome(1, 0));
        }
    }

    @Test
    void another_seed_gives_other_random_numbers_and_the_same_seed_the_same() {
        assertThat(idWithSeed(1)).isEqualTo(idWithSeed(1)).isNotEqualTo(idWithSeed(2));
    }

    private static String idWithSeed(long seed) {
        try (TestHub hub = TestHub.builder().seed(seed).start()) {
            return hub.connect("ann").id();
        }
    }

    private void sayAndWait(Client client) {
        try {
            client.hub().all().send("said", "x").written().toCompletableFuture().join();
        } catch (IllegalStateException e) {
            thrown.add(e);
        }
    }
}
