// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.Middleware;
import io.hubwire.RequestType;
import io.hubwire.Route;
import io.hubwire.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MiddlewareTest {
    private final OneClient client = new OneClient();
    private final List<String> seen = new ArrayList<>();

    private Middleware named(String name) {
        return (invocation, next) -> {
            seen.add(name + " in");
            return next.proceed().whenComplete((result, failure) -> seen.add(name + " out"));
        };
    }

    @Test
    void the_first_is_the_outermost() {
        client.use(named("outer")).use(named("inner"));
        client.routes.on("hi", any -> seen.add("handler"));

        client.receive("{\"event\":\"hi\"}");

        assertThat(seen).containsExactly("outer in", "inner in", "handler", "inner out", "outer out");
    }

    @Test
    void sees_unknown_events() {
        client.use((invocation, next) -> {
            seen.add(invocation.event() + " known " + invocation.isKnown());
            return next.proceed();
        });

        client.receive("{\"event\":\"no/such\"}");

        assertThat(seen).containsExactly("no/such known false");
        assertThat(client.answers()).singleElement().asString().contains("\"code\":1300");
    }

    @Test
    void does_not_see_what_is_out_of_band() {
        client.use(named("any"));
        client.routes.onRequest(
                RequestType.of("ping", Void.class, Void.class), (any, nothing) -> null, Route::outOfBand);

        client.receive("{\"event\":\"ping\"}");

        assertThat(seen).isEmpty();
        assertThat(client.answers()).hasSize(1);
    }

    @Test
    void may_take_the_place_of_the_handler() {
        client.use((invocation, next) -> completedFuture("instead"));
        client.routes.onRequest("ask", Void.class, (any, nothing) -> seen.add("handler"));

        client.receive("{\"event\":\"ask\"}");

        assertThat(seen).isEmpty();
        assertThat(client.answers()).containsExactly("{\"event\":\"ask\",\"data\":\"instead\",\"code\":0}");
    }

    @Test
    void sees_a_failure_of_the_handler_as_a_failed_stage_and_may_mend_it() {
        client.use((invocation, next) -> next.proceed().exceptionally(failure -> "mended"));
        client.routes.onRequest("ask", Void.class, (any, nothing) -> {
            throw ErrorCode.FORBIDDEN.exception();
        });

        client.receive("{\"event\":\"ask\"}");

        assertThat(client.answers()).containsExactly("{\"event\":\"ask\",\"data\":\"mended\",\"code\":0}");
    }

    @Test
    void may_refuse_by_throwing_before_the_payload_is_bound() {
        client.use((invocation, next) -> {
            throw ErrorCode.FORBIDDEN.exception();
        });
        client.routes.on("say", String.class, (any, text) -> seen.add(text));

        client.receive("{\"event\":\"say\",\"data\":[]}");

        assertThat(client.answers()).singleElement().asString().contains("\"code\":1103");
    }

    @Test
    void waits_for_an_asynchronous_handler_and_holds_the_lane() {
        client.use(named("any"));
        CompletableFuture<String> later = new CompletableFuture<>();
        client.routes.onRequestAsync(RequestType.withoutPayload("ask", String.class), (any, nothing) -> later);
        client.routes.on("next", any -> seen.add("next"));
        client.receive("{\"event\":\"ask\"}").receive("{\"event\":\"next\"}");

        later.complete("answer");
        client.runtime.runAll();

        assertThat(seen).containsExactly("any in", "any out", "any in", "next", "any out");
        assertThat(client.answers()).containsExactly("{\"event\":\"ask\",\"data\":\"answer\",\"code\":0}");
    }

    @Test
    void that_never_completes_is_timed_out_and_the_lane_goes_on() {
        client.use(
                (invocation, next) -> invocation.event().equals("stuck") ? new CompletableFuture<>() : next.proceed());
        client.routes.on("stuck", any -> {}, Route::nonBlocking);
        client.routes.on("next", any -> seen.add("next"));
        client.receive("{\"event\":\"stuck\"}").receive("{\"event\":\"next\"}");

        client.advance(Duration.ofSeconds(31));

        assertThat(client.answers()).singleElement().asString().contains("\"code\":1401");
        assertThat(seen).containsExactly("next");
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless application does
    void that_returns_null_fails_its_own_event() {
        client.use((invocation, next) -> null);
        client.routes.onAsync(EventType.of("hi"), (any, nothing) -> completedFuture(""));

        client.receive("{\"event\":\"hi\"}").receive("{\"event\":\"hi\"}");

        assertThat(client.answers())
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer).contains("\"code\":1400"));
    }
}
