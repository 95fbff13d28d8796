// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hubwire.HubBuilder;
import io.hubwire.RequestType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForeignThreadTest {
    private static final RequestType<String, String> ASK = RequestType.of("ask", String.class, String.class);
    private static final RequestType<Void, String> NEVER = RequestType.of("never", Void.class, String.class);

    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final CompletableFuture<String> never = new CompletableFuture<>();

    @AfterEach
    void end_the_pool() {
        pool.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void what_a_pool_of_the_application_brings_about_is_awaited(Mode mode) {
        try (TestHub hub = TestHub.builder().mode(mode).start(this::application)) {
            TestClient ann = hub.connect("ann");

            for (int i = 0; i < 20; i++) {
                assertThat(ann.request("ask", "q" + i).data(String.class)).isEqualTo("answer to q" + i);
            }
        }
    }

    @Test
    void a_test_that_misses_nothing_does_not_wait() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.connect("ann");

            Reply<Object> reply = ann.request("never");

            reply.isUnanswered();
            ann.expectNoPush();
            never.complete("at last");
            reply.isOk();
        }
    }

    @Test
    void an_answer_that_comes_between_two_looks_is_not_missed() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.connect("ann");
            Reply<Object> reply = ann.request("never");
            AtomicInteger looks = new AtomicInteger();

            boolean isReached = hub.pace().settleUntil(() -> {
                if (looks.incrementAndGet() == 2) {
                    CompletableFuture.runAsync(() -> never.complete("now"), pool)
                            .join();
                }
                return ann.inbox().answerTo(reply.id()).isPresent();
            });

            assertThat(isReached).isTrue();
        }
    }

    @Test
    void what_comes_between_settling_and_looking_is_not_missed() {
        try (TestHub hub = TestHub.of(this::application)) {
            Reply<Object> reply = hub.connect("ann").request("never");

            boolean isAnswered = hub.pace().settleUntil(() -> {
                never.complete("at last");
                return reply.message().isPresent();
            });

            assertThat(isAnswered).isTrue();
        }
    }

    @Test
    void a_stage_that_nobody_completes_is_named_with_event_and_client() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.connect("ann");
            Reply<Object> reply = ann.request("never");

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(reply::isOk)
                    .withMessageContaining("no answer has come")
                    .withMessageContaining("the stage of the handler of 'never' (client ann) is not complete");
        }
    }

    @Test
    void a_stage_whose_time_is_over_is_awaited_no_more() {
        try (TestHub hub = TestHub.of(this::application)) {
            hub.connect("ann").request("never");

            hub.advance(Duration.ofMinutes(1));

            assertThat(hub.pace().state()).doesNotContain("is not complete");
        }
    }

    private HubBuilder application(HubBuilder builder) {
        return builder.onRequestAsync(
                        ASK, (client, question) -> CompletableFuture.supplyAsync(() -> "answer to " + question, pool))
                .onRequestAsync(NEVER, (client, nothing) -> never);
    }
}
