// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.EventType;
import io.hubwire.Middleware;
import io.hubwire.RequestType;
import io.hubwire.Route;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.EventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a message that was answered with 1401 may still do, and what limits those that no lane waits for. */
class EventRunTimeoutTest {
    private static final String PAY = "{\"event\":\"pay\"}";
    private static final String OTHER = "{\"event\":\"other\"}";
    private static final String TIMED_OUT = "{\"event\":\"pay\",\"code\":1401,\"errorMsg\":\"handler timed out\"}";
    private static final RequestType<Void, String> LATER = RequestType.withoutPayload("pay", String.class);

    private final OneClient client = new OneClient();
    private final List<String> seen = new ArrayList<>();

    private Middleware waitingFor(CompletableFuture<?> gate) {
        return (invocation, next) ->
                invocation.event().equals("pay") ? gate.thenCompose(open -> next.proceed()) : next.proceed();
    }

    @Test
    void middleware_that_goes_on_too_late_reaches_no_handler() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        client.use(waitingFor(gate));
        client.routes.on("pay", any -> seen.add("paid"));
        client.routes.onAsync(EventType.of("other"), (any, nothing) -> {
            seen.add("other begins");
            return new CompletableFuture<>();
        });
        client.receive(PAY).receive(OTHER).advance(Duration.ofSeconds(31));

        gate.complete("");
        client.runtime.runAll();

        assertThat(seen).containsExactly("other begins");
        assertThat(client.answers()).containsExactly(TIMED_OUT);
    }

    @Test
    void middleware_that_goes_on_too_late_is_told_1401() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        client.use((invocation, next) -> gate.thenCompose(open -> next.proceed())
                .whenComplete((result, failure) -> seen.add(
                        failure.getCause() instanceof EventException told
                                ? told.code().toString()
                                : "" + failure)));
        client.routes.on("pay", any -> seen.add("paid"));
        client.receive(PAY).advance(Duration.ofSeconds(31));

        gate.complete("");

        assertThat(seen).containsExactly(ErrorCode.HANDLER_TIMEOUT.toString());
    }

    @Test
    void a_handler_that_middleware_began_elsewhere_holds_the_lane_until_it_ends_even_over_its_time() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        client.use(waitingFor(gate));
        client.routes.on("pay", any -> {
            client.runtime.advance(Duration.ofSeconds(31));
            client.runtime.runAll();
            seen.add("paid");
        });
        client.routes.on("other", any -> seen.add("other"));
        client.receive(PAY).receive(OTHER);

        gate.complete("");
        client.runtime.runAll();

        assertThat(seen).containsExactly("paid", "other");
        assertThat(client.answers()).containsExactly(TIMED_OUT);
        assertThat(client.runtime.interrupts()).isEqualTo(1);
        assertThat(client.runtime.isInterrupted()).isFalse();
    }

    @Test
    void an_out_of_band_request_has_a_limit_of_its_own() {
        client.routes.onRequestAsync(
                LATER,
                (any, nothing) -> new CompletableFuture<>(),
                route -> route.outOfBand().timeout(Duration.ofSeconds(1)));

        client.receive(PAY).advance(Duration.ofMillis(900));
        assertThat(client.answers()).isEmpty();
        client.advance(Duration.ofMillis(200));

        assertThat(client.answers()).containsExactly(TIMED_OUT);
    }

    @Test
    void an_out_of_band_request_without_a_limit_of_its_own_has_the_hub_s() {
        client.routes.onRequestAsync(LATER, (any, nothing) -> new CompletableFuture<>(), Route::outOfBand);

        client.receive(PAY).advance(Duration.ofSeconds(31));

        assertThat(client.answers()).containsExactly(TIMED_OUT);
    }

    @Test
    void an_out_of_band_request_that_is_answered_in_time_leaves_no_timer_behind() {
        CompletableFuture<String> later = new CompletableFuture<>();
        client.routes.onRequestAsync(LATER, (any, nothing) -> later, Route::outOfBand);
        client.receive(PAY);
        assertThat(client.runtime.pendingTimers()).containsExactly("out-of-band deadline");

        later.complete("paid");

        assertThat(client.runtime.pendingTimers()).isEmpty();
        assertThat(client.answers()).containsExactly("{\"event\":\"pay\",\"data\":\"paid\",\"code\":0}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_limit_for_a_synchronous_handler_on_the_delivering_thread_is_refused(boolean isOutOfBand) {
        Consumer<Route<Void>> place = route -> {
            Route<Void> limited = route.timeout(Duration.ofSeconds(1));
            Route<Void> placed = isOutOfBand ? limited.outOfBand() : limited.nonBlocking();
            assertThat(placed).isSameAs(route);
        };

        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.routes.on("pay", any -> {}, place))
                .withMessageContaining("event pay")
                .withMessageContaining("timeout");
        assertThat(client.routes.find("pay")).isEmpty();
    }

    @Test
    void a_stage_that_throws_when_it_is_asked_fails_its_own_event() {
        client.routes.onRequestAsync(LATER, (any, nothing) -> new Odd());
        client.routes.on("other", any -> seen.add("other"));

        client.receive(PAY).receive(OTHER).advance(Duration.ofMinutes(2));

        assertThat(client.answers()).singleElement().asString().contains("\"code\":1400");
        assertThat(seen).containsExactly("other");
    }

    /** A stage of the application's own making. */
    private static final class Odd extends CompletableFuture<String> {
        @Override
        public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
            throw new IllegalStateException("thrown on purpose");
        }
    }

    @Test
    void an_out_of_band_stage_that_throws_when_it_is_asked_fails_its_own_event() {
        client.routes.onRequestAsync(LATER, (any, nothing) -> new Odd(), Route::outOfBand);

        client.deliver(PAY);

        assertThat(client.answers()).singleElement().asString().contains("\"code\":1400");
    }

    @Test
    void middleware_of_an_unknown_event_that_goes_on_too_late_reaches_no_catch_all() {
        CompletableFuture<String> gate = new CompletableFuture<>();
        client.use(waitingFor(gate));
        client.routes.onUnknown(invocation -> seen.add(invocation.event()));
        client.receive(PAY).advance(Duration.ofSeconds(31));

        gate.complete("");

        assertThat(seen).isEmpty();
    }
}
