// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.Route;
import io.hubwire.RouteDefinition;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class EventRunTest {
    record Bid(String lot, long cents) {}

    private static final ErrorCode TOO_LOW = ErrorCode.of(10_001, "bid too low");

    private final OneClient client = new OneClient();
    private final List<String> seen = new ArrayList<>();

    @Test
    void the_result_of_a_request_is_its_answer() {
        client.routes.onRequest(RequestType.of("bid", Bid.class, Bid.class), (any, bid) -> bid);

        client.receive("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":7},\"id\":\"c-1\"}");

        assertThat(client.answers())
                .containsExactly("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":7},\"code\":0,\"id\":\"c-1\"}");
    }

    @Test
    void an_event_is_answered_only_if_it_has_an_id() {
        client.routes.on("hi", any -> seen.add("hi"));

        client.receive("{\"event\":\"hi\"}").receive("{\"event\":\"hi\",\"id\":\"1\"}");

        assertThat(seen).hasSize(2);
        assertThat(client.answers()).containsExactly("{\"event\":\"hi\",\"code\":0,\"id\":\"1\"}");
    }

    @Test
    void an_unknown_event_is_told_under_its_own_name() {
        client.receive("{\"event\":\"no/such\"}");

        assertThat(client.answers())
                .containsExactly("{\"event\":\"no/such\",\"code\":1300,\"errorMsg\":\"unknown event\"}");
    }

    @Test
    void a_handler_of_unknown_events_sees_their_bodies() {
        client.routes.onUnknown(invocation ->
                seen.add(invocation.event() + " " + invocation.payload().text() + " " + invocation.isKnown()));

        client.receive("{\"event\":\"no/such\",\"data\":[1,2],\"id\":\"1\"}");

        assertThat(seen).containsExactly("no/such [1,2] false");
        assertThat(client.answers()).containsExactly("{\"event\":\"no/such\",\"code\":0,\"id\":\"1\"}");
    }

    @Test
    void a_handler_of_unknown_events_reads_primitives() {
        client.routes.onUnknown(invocation -> seen.add("" + (invocation.payloadAs(int.class) + 1)));

        client.receive("{\"event\":\"no/such\",\"data\":6}").receive("{\"event\":\"no/such\",\"data\":\"6\"}");

        assertThat(seen).containsExactly("7");
        assertThat(client.answers()).singleElement().asString().contains("\"code\":1002");
    }

    @Test
    void a_failure_that_the_application_chose_travels_with_its_data() {
        client.routes.on("bid", Bid.class, (any, bid) -> {
            throw TOO_LOW.exception(new Bid("a", 100));
        });

        client.receive("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":7}}");

        assertThat(client.answers())
                .containsExactly("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":100},\"code\":10001,"
                        + "\"errorMsg\":\"bid too low\"}");
    }

    @Test
    void of_any_other_failure_the_client_sees_an_incident_and_never_the_message() {
        client.routes.on("hi", any -> {
            throw new IOException("password=secret");
        });
        client.routes.onAsync(
                EventType.of("later"),
                (any, nothing) -> CompletableFuture.failedFuture(
                        new CompletionException(new IllegalStateException("password=secret"))));

        client.receive("{\"event\":\"hi\"}").receive("{\"event\":\"later\"}");

        assertThat(client.answers())
                .hasSize(2)
                .allSatisfy(answer -> assertThat(answer)
                        .contains("\"code\":1400,\"errorMsg\":\"internal error\"")
                        .containsPattern("\"data\":\\{\"incident\":\"[0-9a-z]+\"\\}")
                        .doesNotContain("secret"));
    }

    @Test
    void a_failure_wrapped_by_a_stage_is_seen_through() {
        client.routes.onAsync(
                EventType.of("later"),
                (any, nothing) -> CompletableFuture.failedFuture(new CompletionException(TOO_LOW.exception())));

        client.receive("{\"event\":\"later\"}");

        assertThat(client.answers())
                .containsExactly("{\"event\":\"later\",\"code\":10001,\"errorMsg\":\"bid too low\"}");
    }

    @Test
    void a_payload_that_does_not_fit_is_told_with_its_path() {
        client.routes.on("bid", Bid.class, (any, bid) -> seen.add("handled"));

        client.receive("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":\"7\"}}")
                .receive("{\"event\":\"bid\"}");

        assertThat(client.answers())
                .containsExactly(
                        "{\"event\":\"bid\",\"data\":{\"path\":\"cents\"},\"code\":1002,"
                                + "\"errorMsg\":\"invalid payload\"}",
                        "{\"event\":\"bid\",\"data\":{\"path\":\"\"},\"code\":1002,\"errorMsg\":\"invalid payload\"}");
        assertThat(seen).isEmpty();
    }

    @Test
    void a_permission_is_judged_before_the_payload_is_bound() {
        client.routes.on("bid", Bid.class, (any, bid) -> seen.add("handled"), route -> route.allow(any -> false));

        client.receive("{\"event\":\"bid\",\"data\":\"nonsense\"}");

        assertThat(client.answers()).containsExactly("{\"event\":\"bid\",\"code\":1103,\"errorMsg\":\"not allowed\"}");
    }

    @Test
    void the_rules_of_a_route_and_the_validator_of_the_hub_refuse_payloads() {
        client.validator(
                payload -> payload instanceof Bid bid && bid.lot().isEmpty() ? Optional.of("lot") : Optional.empty());
        client.routes.on(
                "bid",
                Bid.class,
                (any, bid) -> seen.add("handled"),
                route -> route.validate("cents", bid -> bid.cents() > 0));

        client.receive("{\"event\":\"bid\",\"data\":{\"lot\":\"\",\"cents\":1}}")
                .receive("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":0}}")
                .receive("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":1}}");

        assertThat(client.answers()).hasSize(2);
        assertThat(client.answers().get(0)).contains("{\"path\":\"lot\"}");
        assertThat(client.answers().get(1)).contains("{\"path\":\"cents\"}");
        assertThat(seen).containsExactly("handled");
    }

    @Test
    void a_rule_for_a_field_that_the_client_left_out_is_broken_and_a_faulty_rule_is_a_failure() {
        client.routes.on(
                "bid",
                Bid.class,
                (any, bid) -> seen.add("handled"),
                route -> route.validate("lot", bid -> bid.lot().length() < 3)
                        .validate("cents", bid -> 10 / bid.cents() > 1));

        client.receive("{\"event\":\"bid\",\"data\":{\"cents\":1}}")
                .receive("{\"event\":\"bid\",\"data\":{\"lot\":\"a\"}}")
                .receive("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":0}}")
                .receive("{\"event\":\"bid\",\"data\":{\"lot\":\"a\",\"cents\":1}}");

        assertThat(client.answers()).hasSize(3);
        assertThat(client.answers().get(0)).contains("\"code\":1002").contains("{\"path\":\"lot\"}");
        assertThat(client.answers().get(1)).contains("\"code\":1002").contains("{\"path\":\"cents\"}");
        assertThat(client.answers().get(2)).contains("\"code\":1400");
        assertThat(seen).containsExactly("handled");
    }

    @Test
    void an_answer_that_cannot_be_written_fails_its_own_request() {
        client.routes.onRequest("bad", Void.class, (any, nothing) -> new Unwritable(false));
        client.routes.onRequest("good", Void.class, (any, nothing) -> "fine");

        client.receive("{\"event\":\"bad\"}").receive("{\"event\":\"good\"}");

        assertThat(client.answers()).hasSize(2);
        assertThat(client.answers().get(0)).contains("\"code\":1400").doesNotContain("purpose");
        assertThat(client.answers().get(1)).isEqualTo("{\"event\":\"good\",\"data\":\"fine\",\"code\":0}");
    }

    @Test
    void an_answer_whose_writing_ends_in_an_error_does_not_stop_the_lane() {
        client.routes.onRequest("bad", Void.class, (any, nothing) -> new Unwritable(true));
        client.routes.onRequestAsync(
                RequestType.withoutPayload("bad/later", Object.class),
                (any, nothing) -> completedFuture(new Unwritable(true)));
        client.routes.on("bad/data", any -> {
            throw TOO_LOW.exception(new Unwritable(true));
        });
        client.routes.onRequest("good", Void.class, (any, nothing) -> "fine");

        client.receive("{\"event\":\"bad\"}")
                .receive("{\"event\":\"bad/later\"}")
                .receive("{\"event\":\"bad/data\"}")
                .receive("{\"event\":\"good\"}");

        assertThat(client.answers()).hasSize(4);
        assertThat(client.answers().subList(0, 3))
                .allSatisfy(answer -> assertThat(answer).contains("\"code\":1400"));
        assertThat(client.answers().get(3)).isEqualTo("{\"event\":\"good\",\"data\":\"fine\",\"code\":0}");
    }

    /** Data that cannot be written. */
    record Unwritable(boolean isError) {
        public String getText() {
            if (isError) {
                throw new AssertionError("thrown on purpose");
            }
            throw new IllegalStateException("thrown on purpose");
        }
    }

    @Test
    void an_error_of_a_handler_fails_its_own_event() {
        client.routes.on("bad", any -> {
            throw new StackOverflowError();
        });
        client.routes.on("good", any -> seen.add("good"));

        client.receive("{\"event\":\"bad\"}").receive("{\"event\":\"good\"}");

        assertThat(client.answers()).singleElement().asString().contains("\"code\":1400");
        assertThat(seen).containsExactly("good");
    }

    @Test
    void an_asynchronous_handler_that_returns_null_fails_its_own_event() {
        client.routes.add(nullReturning());
        client.routes.on("good", any -> seen.add("good"));

        client.receive("{\"event\":\"null\"}").receive("{\"event\":\"good\"}");

        assertThat(client.answers()).singleElement().asString().contains("\"code\":1400");
        assertThat(seen).containsExactly("good");
    }

    @SuppressWarnings("NullAway") // what a careless application does
    private static RouteDefinition nullReturning() {
        RouteTable other = new RouteTable();
        other.onAsync(EventType.of("null"), (any, nothing) -> null);
        return other.find("null").orElseThrow();
    }

    @Test
    void a_handler_that_takes_too_long_is_interrupted_and_told_once() {
        client.routes.on("slow", any -> {
            client.runtime.advance(Duration.ofSeconds(31));
            seen.add("went on");
        });

        client.receive("{\"event\":\"slow\",\"id\":\"1\"}");

        assertThat(client.answers())
                .containsExactly("{\"event\":\"slow\",\"code\":1401,\"errorMsg\":\"handler timed out\",\"id\":\"1\"}");
        assertThat(client.runtime.interrupts()).isEqualTo(1);
        assertThat(client.runtime.isInterrupted()).isFalse();
        assertThat(seen).containsExactly("went on");
    }

    @Test
    void an_asynchronous_handler_that_takes_too_long_gives_the_lane_free() {
        CompletableFuture<String> late = new CompletableFuture<>();
        client.routes.onRequestAsync(RequestType.withoutPayload("slow", String.class), (any, nothing) -> late);
        client.routes.on("next", any -> seen.add("next"));
        client.receive("{\"event\":\"slow\"}").receive("{\"event\":\"next\"}");
        assertThat(seen).isEmpty();

        client.advance(Duration.ofSeconds(30));
        late.complete("too late");
        client.runtime.runAll();

        assertThat(client.answers())
                .containsExactly("{\"event\":\"slow\",\"code\":1401,\"errorMsg\":\"handler timed out\"}");
        assertThat(seen).containsExactly("next");
    }

    @Test
    void a_route_may_have_a_limit_of_its_own() {
        client.routes.onAsync(
                EventType.of("slow"),
                (any, nothing) -> new CompletableFuture<>(),
                route -> route.timeout(Duration.ofSeconds(2)));

        client.receive("{\"event\":\"slow\"}").advance(Duration.ofMillis(1900));
        assertThat(client.answers()).isEmpty();
        client.advance(Duration.ofMillis(200));

        assertThat(client.answers()).hasSize(1);
    }

    @Test
    void a_quick_handler_that_answers_later_is_limited_as_well() {
        client.routes.onAsync(EventType.of("slow"), (any, nothing) -> new CompletableFuture<>(), Route::nonBlocking);
        client.routes.on("next", any -> seen.add("next"));
        client.receive("{\"event\":\"slow\"}").receive("{\"event\":\"next\"}");

        client.advance(Duration.ofSeconds(31));

        assertThat(client.answers())
                .containsExactly("{\"event\":\"slow\",\"code\":1401,\"errorMsg\":\"handler timed out\"}");
        assertThat(seen).containsExactly("next");
    }

    @Test
    void a_session_with_a_handler_that_never_answers_ends_all_the_same() {
        client.routes.onAsync(EventType.of("slow"), (any, nothing) -> new CompletableFuture<>(), Route::nonBlocking);
        client.receive("{\"event\":\"slow\"}");

        client.handler().onClosed(CloseReason.GOING_AWAY);
        client.advance(Duration.ofSeconds(31));

        assertThat(client.story()).last().isEqualTo("c1 gone");
    }

    @Test
    void events_of_one_client_are_handled_in_order_while_a_handler_is_slow() {
        CompletableFuture<String> slow = new CompletableFuture<>();
        client.routes.onAsync(EventType.of("slow"), (any, nothing) -> slow.thenRun(() -> seen.add("slow")));
        client.routes.on("quick", any -> seen.add("quick"), Route::nonBlocking);
        client.receive("{\"event\":\"slow\"}").receive("{\"event\":\"quick\"}").receive("{\"event\":\"quick\"}");

        slow.complete("");
        client.runtime.runAll();

        assertThat(seen).containsExactly("slow", "quick", "quick");
    }

    @Test
    void a_quick_handler_runs_on_the_delivering_thread_when_nothing_waits() {
        client.routes.onRequest("quick", Void.class, (any, nothing) -> Map.of(), Route::nonBlocking);

        client.deliver("{\"event\":\"quick\"}");

        assertThat(client.answers()).containsExactly("{\"event\":\"quick\",\"data\":{},\"code\":0}");
    }

    @Test
    void a_handler_that_ends_its_own_session_is_the_last() {
        client.routes.on("bye", any -> {
            any.close(CloseReason.NORMAL);
            seen.add("bye");
        });

        client.deliver("{\"event\":\"bye\"}").deliver("{\"event\":\"bye\"}");
        client.runtime.runAll();

        assertThat(seen).containsExactly("bye");
        assertThat(client.connection.log()).containsExactly("close 1000");
    }
}
