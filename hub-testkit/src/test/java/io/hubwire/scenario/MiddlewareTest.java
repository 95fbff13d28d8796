// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.HubBuilder;
import io.hubwire.Invocation;
import io.hubwire.Middleware;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MiddlewareTest {
    record Say(String text) {}

    private final List<String> log = new ArrayList<>();

    @Test
    void the_first_is_the_outermost_and_the_handler_the_innermost() {
        try (TestHub hub = TestHub.of(builder -> wire(builder).use(logging("a"), logging("b")))) {
            hub.connect("ann").request("say", new Say("hi")).isOk();
        }

        assertThat(log).containsExactly("a>say", "b>say", "handler", "b<null", "a<null");
    }

    @Test
    void unknown_events_are_seen_too() {
        try (TestHub hub = TestHub.of(builder -> wire(builder).use(logging("a")))) {
            hub.connect("ann").request("no/such").failedWith(ErrorCode.UNKNOWN_EVENT);
        }

        assertThat(log).containsExactly("a>no/such (unknown)", "a<failed");
    }

    @Test
    void what_is_out_of_band_is_not_seen() {
        try (TestHub hub = TestHub.of(builder -> wire(builder).use(logging("a")))) {
            hub.connect("ann").request("ping").isOk();
        }

        assertThat(log).isEmpty();
    }

    @Test
    void a_failure_of_the_handler_is_seen_and_goes_on_to_the_client() {
        try (TestHub hub = TestHub.of(builder -> wire(builder).use(logging("a")))) {
            hub.connect("ann").request("boom").failedWith(ErrorCode.HANDLER_FAILED);
        }

        assertThat(log).containsExactly("a>boom", "a<failed");
    }

    @Test
    void a_throw_refuses_before_the_payload_is_bound() {
        Middleware gate = (invocation, next) -> {
            throw ErrorCode.FORBIDDEN.exception();
        };
        try (TestHub hub = TestHub.of(builder -> wire(builder).use(gate))) {
            TestClient ann = hub.connect("ann");

            ann.request("say", Map.of("text", List.of("not a text"))).failedWith(ErrorCode.FORBIDDEN);
        }

        assertThat(log).isEmpty();
    }

    @Test
    void a_result_takes_the_place_of_the_handler_s() {
        Middleware cache = (invocation, next) -> CompletableFuture.completedFuture("from the cache");
        try (TestHub hub = TestHub.of(builder -> wire(builder).use(cache))) {
            TestClient ann = hub.connect("ann");

            assertThat(ann.request("say", new Say("hi")).data(String.class)).isEqualTo("from the cache");
        }

        assertThat(log).isEmpty();
    }

    @Test
    void the_lane_is_held_while_a_middleware_waits() {
        CompletableFuture<Object> gate = new CompletableFuture<>();
        Middleware waiting = (invocation, next) -> gate.thenCompose(open -> next.proceed());
        try (TestHub hub = TestHub.of(builder -> wire(builder).use(waiting))) {
            TestClient ann = hub.connect("ann");
            ann.send("say", new Say("1"));
            ann.send("say", new Say("2"));
            assertThat(log).isEmpty();

            gate.complete("open");
            hub.settle();

            assertThat(log).containsExactly("handler", "handler");
        }
    }

    @Test
    void an_invocation_shows_client_event_payload_and_id() {
        List<String> seen = new ArrayList<>();
        Middleware spy = (invocation, next) -> {
            seen.add(invocation.client().requireUser().id() + " " + invocation.event() + " "
                    + invocation.payload().text() + " " + invocation.id().orElse("-") + " "
                    + invocation.payloadAs(Say.class).text());
            return next.proceed();
        };
        try (TestHub hub = TestHub.of(builder -> wire(builder).use(spy))) {
            hub.connect("ann").sendRaw("{\"event\":\"say\",\"data\":{\"text\":\"hi\"},\"id\":\"x\"}");
        }

        assertThat(seen).containsExactly("ann say {\"text\":\"hi\"} x hi");
    }

    @Test
    void without_a_catch_all_an_unknown_event_is_an_error() {
        try (TestHub hub = TestHub.of(this::wire)) {
            hub.connect("ann").request("no/such").failedWith(ErrorCode.UNKNOWN_EVENT);
        }
    }

    @Test
    void a_catch_all_handles_what_has_no_handler() {
        try (TestHub hub = TestHub.of(builder -> wire(builder).onUnknown(this::note))) {
            TestClient ann = hub.connect("ann");

            ann.send("legacy/event", new Say("hi"));
            ann.request("say", new Say("hi")).isOk();
            ann.request("legacy/other", new Say("ho")).isOk();

            assertThat(log).containsExactly("unknown legacy/event hi", "handler", "unknown legacy/other ho");
            assertThat(ann).receivedEvents("say", "legacy/other");
        }
    }

    private void note(Invocation invocation) {
        log.add("unknown " + invocation.event() + " "
                + invocation.payloadAs(Say.class).text());
    }

    private HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.ping())
                .on("say", Say.class, (client, say) -> log.add("handler"))
                .on("boom", client -> {
                    throw new IllegalStateException("boom");
                });
    }

    private Middleware logging(String name) {
        return (invocation, next) -> {
            log.add(name + ">" + invocation.event() + (invocation.isKnown() ? "" : " (unknown)"));
            return next.proceed()
                    .whenComplete((result, failure) -> log.add(name + "<" + (failure == null ? result : "failed")));
        };
    }
}
