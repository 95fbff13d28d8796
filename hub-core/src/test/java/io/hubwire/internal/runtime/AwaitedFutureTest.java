// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Hub;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitedFutureTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final CompletableFuture<String> source = new CompletableFuture<>();
    private final AwaitedFuture<String> future = AwaitedFuture.copyOf(source, runtime, "the answer");

    @AfterEach
    @SuppressWarnings("ReturnValueIgnored")
    void leave_no_interrupt_behind() {
        Thread.interrupted();
    }

    @Test
    void every_wait_goes_through_the_runtime() throws Exception {
        completeSoon();

        assertThat(future.join()).isEqualTo("42");
        assertThat(AwaitedFuture.copyOf(laterOne(), runtime, "another").get()).isEqualTo("42");
        assertThat(AwaitedFuture.copyOf(laterOne(), runtime, "a third").get(1, TimeUnit.SECONDS))
                .isEqualTo("42");
        assertThat(runtime.awaited()).containsExactly("the answer", "another", "a third");
    }

    @Test
    void so_does_a_wait_for_what_depends_on_it() {
        completeSoon();

        assertThat(future.thenApply(String::length)
                        .thenCompose(CompletableFuture::completedFuture)
                        .join())
                .isEqualTo(2);
        assertThat(runtime.awaited()).containsExactly("the answer");
    }

    @Test
    void what_is_there_is_not_waited_for() throws Exception {
        source.complete("42");

        assertThat(future.join()).isEqualTo("42");
        assertThat(future.get()).isEqualTo("42");
        assertThat(future.get(0, TimeUnit.SECONDS)).isEqualTo("42");
        assertThat(runtime.awaited()).isEmpty();
    }

    @Test
    void a_wait_has_the_limit_that_was_asked_for() {
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> future.get(3, TimeUnit.SECONDS))
                .withMessage("the answer has not completed within 3 SECONDS");
        assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> future.get(0, TimeUnit.SECONDS));
        assertThat(runtime.awaited()).containsExactly("the answer");
    }

    @Test
    void a_failure_reaches_whoever_waits_as_it_does_elsewhere() {
        IllegalStateException failure = new IllegalStateException("no");
        runtime.execute(Work.HANDLER, "source", () -> source.completeExceptionally(failure));

        assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCause(failure);
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class).hasCause(failure);
    }

    @Test
    void whoever_completes_the_copy_completes_nothing_else() {
        future.complete("mine");

        assertThat(source).isNotDone();
        assertThat(AwaitedFuture.copyOf(source, runtime, "the answer")).isNotDone();
    }

    @Test
    void in_production_an_interrupt_ends_get() {
        try (DefaultRuntime production = new DefaultRuntime()) {
            AwaitedFuture<String> never = AwaitedFuture.copyOf(source, production, "never");

            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(never::get);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> never.get(1, TimeUnit.HOURS));
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void in_production_an_interrupt_does_not_end_join_and_is_kept() {
        try (DefaultRuntime production = new DefaultRuntime()) {
            AwaitedFuture<String> later = AwaitedFuture.copyOf(source, production, "later");

            Thread.currentThread().interrupt();
            production.execute(Work.HANDLER, "source", () -> source.complete("42"));

            assertThat(later.join()).isEqualTo("42");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
    }

    @Test
    void the_end_of_a_hub_is_waited_for_through_its_runtime() {
        Hub hub = Hub.builder().runtime(runtime).build();
        hub.start();

        hub.shutdown(Duration.ofSeconds(1)).toCompletableFuture().join();
        Hub other = Hub.builder().runtime(runtime).build();
        other.close();

        assertThat(runtime.awaited()).containsExactly("Hub.shutdown()", "Hub.close()");
    }

    private void completeSoon() {
        runtime.execute(Work.HANDLER, "source", () -> source.complete("42"));
    }

    private CompletableFuture<String> laterOne() {
        CompletableFuture<String> later = new CompletableFuture<>();
        runtime.execute(Work.HANDLER, "source", () -> later.complete("42"));
        return later;
    }
}
