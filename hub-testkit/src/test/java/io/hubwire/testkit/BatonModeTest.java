// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.InboundLimits;
import io.hubwire.SendReport.Outcome;
import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BatonModeTest {
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

    @Test
    void a_handler_may_wait_for_the_hub() {
        try (TestHub hub = start(builder -> builder.on("say", client -> log.add("" + sayAndWait(client))))) {
            TestClient ann = hub.connect("ann");

            ann.send("say");

            assertThat(log).containsExactly("Outcome[written=1, lost=0]");
            assertThat(ann).received("said", String.class).containsExactly("hi");
        }
    }

    @Test
    void user_code_has_threads_of_its_own_and_only_one_runs_at_a_time() {
        AtomicInteger running = new AtomicInteger();
        try (TestHub hub = start(builder -> builder.on("say", client -> {
            log.add(running.incrementAndGet() + " on " + Thread.currentThread().getName());
            running.decrementAndGet();
            sayAndWait(client);
            log.add(running.incrementAndGet() + " again");
            running.decrementAndGet();
        }))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            hub.hub().timers().after(Duration.ZERO, () -> ann.send("say"));

            bob.send("say");

            assertThat(log).hasSize(4).allMatch(line -> line.startsWith("1 ")).contains("1 again");
            assertThat(log)
                    .noneMatch(line -> line.endsWith(Thread.currentThread().getName()));
        }
    }

    @Test
    void settling_ends_when_every_handler_is_done_or_waits_for_the_hub() {
        try (TestHub hub = start(builder -> builder.on("say", client -> log.add("" + sayAndWait(client))))) {
            TestClient ann = hub.client().user("ann").socketBuffer(10).connect();
            ann.stopReading();

            ann.send("say");

            assertThat(log).isEmpty();
            assertThat(hub.pace().state()).startsWith("the hub is quiet").endsWith("' waits for SendReport.written()");

            ann.resumeReading();

            assertThat(log).containsExactly("Outcome[written=1, lost=0]");
        }
    }

    @Test
    void handlers_go_on_in_the_order_in_which_what_they_wait_for_comes() {
        try (TestHub hub = start(builder -> builder.on("say", client -> {
            client.send("said", "hi").written().toCompletableFuture().join();
            log.add(client.requireUser().id());
        }))) {
            TestClient ann = stalled(hub, "ann");
            TestClient bob = stalled(hub, "bob");
            ann.send("say");
            bob.send("say");

            bob.resumeReading();
            ann.resumeReading();

            assertThat(log).containsExactly("bob", "ann");
        }
    }

    @Test
    void a_wait_with_a_limit_ends_in_virtual_time() {
        try (TestHub hub = start(builder -> builder.on("say", client -> {
            try {
                client.send("said", "hi").written().toCompletableFuture().get(3, TimeUnit.SECONDS);
            } catch (TimeoutException late) {
                log.add("late");
            } catch (InterruptedException | ExecutionException e) {
                log.add("" + e);
            }
        }))) {
            TestClient ann = stalled(hub, "ann");
            ann.send("say");

            hub.advance(Duration.ofMillis(2_999));
            assertThat(log).isEmpty();

            hub.advance(Duration.ofMillis(1));
            assertThat(log).containsExactly("late");
        }
    }

    @Test
    void a_handler_that_takes_too_long_in_virtual_time_is_interrupted() {
        try (TestHub hub =
                start(builder -> builder.limits(InboundLimits.defaults().handlerTime(Duration.ofSeconds(5)))
                        .on("say", client -> {
                            try {
                                client.send("said", "hi")
                                        .written()
                                        .toCompletableFuture()
                                        .get();
                            } catch (InterruptedException e) {
                                log.add("interrupted");
                            } catch (ExecutionException e) {
                                log.add("" + e);
                            }
                        })
                        .on(
                                "next",
                                client -> log.add("next, interrupted: "
                                        + Thread.currentThread().isInterrupted())))) {
            TestClient ann = stalled(hub, "ann");
            ann.request("say");
            ann.send("next");

            hub.advance(Duration.ofMillis(5_200));

            assertThat(log).containsExactly("interrupted", "next, interrupted: false");
        }
    }

    @Test
    void an_interrupt_of_the_test_lets_no_two_threads_run_and_is_kept() {
        AtomicInteger running = new AtomicInteger();
        try (TestHub hub = TestHub.builder()
                .mode(Mode.BATON)
                .start(builder -> builder.on("work", client -> {
                    running.incrementAndGet();
                    client.send("done", 1).written().toCompletableFuture().join();
                    running.decrementAndGet();
                }))) {
            TestClient ann = hub.connect("ann");

            Thread.currentThread().interrupt();
            ann.send("work");

            assertThat(running).hasValue(0);
            assertThat(Thread.interrupted()).isTrue();
            ann.expectPush("done");
        }
    }

    @Test
    void an_interrupted_test_ends_its_hub_and_stays_interrupted() {
        TestHub hub = start(builder -> builder.onDisconnect((client, reason) -> log.add(reason.text())));
        TestClient ann = hub.connect("ann");
        Thread.currentThread().interrupt();

        hub.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ann).isClosedWith(1012);
        assertThat(log).hasSize(1);
    }

    @Test
    void join_is_not_ended_by_an_interrupt_and_keeps_it() {
        try (TestHub hub = start(builder -> builder.limits(
                        InboundLimits.defaults().handlerTime(Duration.ofSeconds(5)))
                .on("say", client -> {
                    client.send("said", "hi").written().toCompletableFuture().join();
                    log.add("interrupted: " + Thread.currentThread().isInterrupted());
                }))) {
            TestClient ann = stalled(hub, "ann");
            ann.send("say");
            hub.advance(Duration.ofSeconds(6));
            assertThat(log).isEmpty();

            ann.resumeReading();

            assertThat(log).containsExactly("interrupted: true");
        }
    }

    @Test
    void a_client_may_act_within_a_handler() {
        TestClient[] bob = new TestClient[1];
        try (TestHub hub = start(builder -> builder.on("poke", client -> bob[0].send("poked"))
                .on("poked", client -> client.send("poked", "ouch")))) {
            bob[0] = hub.connect("bob");

            hub.connect("ann").send("poke");

            assertThat(bob[0]).received("poked", String.class).containsExactly("ouch");
        }
    }

    @Test
    void a_handler_that_blocks_on_something_else_fails_with_its_thread_strand_and_stack() {
        CountDownLatch foreign = new CountDownLatch(1);
        TestHub hub = start(builder -> builder.on("hang", client -> hang(foreign)));
        TestClient ann = hub.connect("ann");

        assertThatIllegalStateException()
                .isThrownBy(() -> ann.send("hang"))
                .withMessageContaining("a task of strand '" + ann.id() + "' has run for 2000 ms of real time on thread"
                        + " hubwire-test-handler-")
                .withMessageContaining("BatonModeTest.hang");

        hub.close();
        assertThat(log).containsExactly("interrupted");
        assertThat(threads).hasSize(1).noneMatch(Thread::isAlive);
    }

    @Test
    void what_waits_when_the_hub_is_closed_is_interrupted_and_no_thread_is_left() {
        TestRuntime runtime = TestRuntime.withBaton(1);
        runtime.execute(Work.HANDLER, "first", () -> waitForever(runtime));
        runtime.execute(Work.HANDLER, "second", () -> log.add("second"));
        runtime.settle();
        assertThat(log).containsExactly("second");

        runtime.close();

        assertThat(log).containsExactly("second", "interrupted", "closed");
        assertThat(threads).hasSize(1).noneMatch(Thread::isAlive);
    }

    @Test
    void what_a_handler_throws_is_the_application_s_affair() {
        try (TestHub hub = start(builder -> builder.on("boom", client -> {
            throw new IllegalArgumentException("oh");
        }))) {
            TestClient ann = hub.connect("ann");

            ann.request("boom");

            assertThat(ann).isConnected();
            assertThat(hub.transcript()).contains("handler of 'boom' threw java.lang.IllegalArgumentException: oh");
        }
    }

    @Test
    void two_runs_of_one_test_are_the_same() {
        assertThat(run()).isEqualTo(run());
    }

    @Test
    void an_application_that_never_rests_is_stopped() {
        TestRuntime runtime = TestRuntime.withBaton(1);
        submitMyself(runtime);

        assertThatIllegalStateException().isThrownBy(runtime::settle).withMessageContaining("200000 tasks");

        runtime.close();
    }

    private static void submitMyself(TestRuntime runtime) {
        runtime.execute(Work.CONTROL, "restless", () -> submitMyself(runtime));
    }

    private static String run() {
        try (TestHub hub = start(builder -> builder.on("say", client -> {
            sayAndWait(client);
            client.send("done", "x");
        }))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = stalled(hub, "bob");
            ann.send("say");
            bob.send("say");
            ann.send("say");
            hub.advance(Duration.ofMinutes(1));
            return hub.transcript();
        }
    }

    private static TestHub start(UnaryOperator<HubBuilder> application) {
        return TestHub.builder().mode(Mode.BATON).start(application);
    }

    private static TestClient stalled(TestHub hub, String user) {
        TestClient client = hub.client().user(user).socketBuffer(10).connect();
        client.stopReading();
        return client;
    }

    private static Outcome sayAndWait(Client client) {
        return client.hub()
                .all()
                .send("said", "hi")
                .written()
                .toCompletableFuture()
                .join();
    }

    private void hang(CountDownLatch foreign) {
        threads.add(Thread.currentThread());
        try {
            foreign.await();
        } catch (InterruptedException e) {
            log.add("interrupted");
        }
    }

    private void waitForever(TestRuntime runtime) {
        CompletableFuture<String> never = new CompletableFuture<>();
        threads.add(Thread.currentThread());
        try {
            runtime.await("what never comes", never, Duration.ofDays(1));
        } catch (InterruptedException e) {
            log.add("interrupted");
        }
        try {
            runtime.await("what never comes", never, Duration.ofDays(1));
        } catch (InterruptedException e) {
            log.add("interrupted again");
        } catch (IllegalStateException e) {
            log.add("closed");
        }
    }
}
