// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.InboundLimits;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.ReceivedMessage;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InboundLimitsTest {
    private static final EventType<Void> SLOW = EventType.of("slow");

    private final List<CompletableFuture<Object>> slow = new ArrayList<>();
    private final List<String> log = new ArrayList<>();

    @Test
    void events_up_to_the_burst_are_handled_and_one_more_is_refused_with_1200() {
        try (TestHub hub = hub(InboundLimits.defaults().eventsPerSecond(10, 5))) {
            TestClient ann = hub.connect("ann");
            for (int i = 0; i < 4; i++) {
                ann.request("note").isOk();
            }

            ann.request("note").isOk();
            ann.request("note").failedWith(ErrorCode.RATE_LIMITED);

            assertThat(log).hasSize(5);
            assertThat(ann).isConnected();
        }
    }

    @Test
    void events_are_let_in_again_at_the_rate() {
        try (TestHub hub = hub(InboundLimits.defaults().eventsPerSecond(10, 5))) {
            TestClient ann = hub.connect("ann");
            for (int i = 0; i < 5; i++) {
                ann.request("note").isOk();
            }

            hub.advance(Duration.ofMillis(99));
            ann.request("note").failedWith(ErrorCode.RATE_LIMITED);
            hub.advance(Duration.ofMillis(1));
            ann.request("note").isOk();
            ann.request("note").failedWith(ErrorCode.RATE_LIMITED);
            hub.advance(Duration.ofSeconds(10));
            for (int i = 0; i < 5; i++) {
                ann.request("note").isOk();
            }
            ann.request("note").failedWith(ErrorCode.RATE_LIMITED);
        }
    }

    @Test
    void a_client_that_goes_on_and_on_is_closed_with_4101() {
        try (TestHub hub = hub(InboundLimits.defaults().eventsPerSecond(10, 5))) {
            TestClient ann = hub.connect("ann");
            int sent = 0;
            while (ann.isConnected() && sent < 20) {
                ann.send("note");
                sent++;
            }

            assertThat(sent).isBetween(10, 11);
            assertThat(log).hasSize(5);
            assertThat(ann).isClosedWith(CloseReason.RATE_LIMITED);
            assertThat(hub).endedSession(ann, CloseReason.RATE_LIMITED);
        }
    }

    @Test
    void one_client_s_rate_is_not_another_s() {
        try (TestHub hub = hub(InboundLimits.defaults().eventsPerSecond(1, 1))) {
            hub.connect("ann").request("note").isOk();

            hub.connect("bob").request("note").isOk();
        }
    }

    @Test
    void bytes_are_limited_as_events_are() {
        try (TestHub hub = hub(InboundLimits.defaults().messageBytes(1_000).bytesPerSecond(1_000, 2_000))) {
            TestClient ann = hub.connect("ann");
            String thousand = "{\"event\":\"note\",\"data\":\"" + "x".repeat(974) + "\"}";
            assertThat(thousand).hasSize(1_000);

            ann.sendRaw(thousand);
            ann.sendRaw(thousand);
            ann.sendRaw(thousand);
            hub.advance(Duration.ofSeconds(1));
            ann.sendRaw(thousand);

            assertThat(ann.messages()).extracting(ReceivedMessage::code).containsExactly(1200);
            assertThat(log).hasSize(3);
        }
    }

    @Test
    void messages_beyond_the_mailbox_are_refused_with_1201() {
        try (TestHub hub = hub(InboundLimits.defaults().mailbox(3, 1 << 20))) {
            TestClient ann = hub.connect("ann");
            ann.send(SLOW);
            List<Reply<Object>> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                waiting.add(ann.request("note").isUnanswered());
            }

            ann.request("note").failedWith(ErrorCode.BUSY);

            assertThat(ann).isConnected();
            slow.get(0).complete("done");
            hub.settle();
            waiting.forEach(Reply::isOk);
            ann.request("note").isOk();
        }
    }

    @Test
    void a_mailbox_is_limited_in_bytes_too() {
        try (TestHub hub = hub(InboundLimits.defaults().messageBytes(400).mailbox(1_000, 500))) {
            TestClient ann = hub.connect("ann");
            ann.send(SLOW);

            ann.request("note", "x".repeat(300)).isUnanswered();
            ann.request("note", "x".repeat(300)).failedWith(ErrorCode.BUSY);
            ann.request("note", "x".repeat(50)).isUnanswered();
        }
    }

    @Test
    void a_full_mailbox_does_not_hold_back_ping() {
        try (TestHub hub = hub(InboundLimits.defaults().mailbox(1, 1 << 20))) {
            TestClient ann = hub.connect("ann");
            ann.send(SLOW);
            ann.send("note");
            ann.request("note").failedWith(ErrorCode.BUSY);

            ann.request("ping").isOk();
        }
    }

    @Test
    void a_handler_that_takes_too_long_is_answered_with_1401_and_the_lane_goes_on() {
        try (TestHub hub = hub(InboundLimits.defaults())) {
            TestClient ann = hub.connect("ann");
            Reply<Object> late = ann.request("slow");
            Reply<Object> next = ann.request("note").isUnanswered();

            hub.advance(Duration.ofMillis(29_900));
            late.isUnanswered();
            hub.advance(Duration.ofMillis(200));

            late.failedWith(ErrorCode.HANDLER_TIMEOUT);
            next.isOk();
            assertThat(ann).isConnected();
        }
    }

    @Test
    void what_a_handler_says_after_its_time_is_not_told() {
        try (TestHub hub = hub(InboundLimits.defaults().handlerTime(Duration.ofSeconds(5)))) {
            TestClient ann = hub.connect("ann");
            ann.request("slow");
            hub.advance(Duration.ofSeconds(6));

            slow.get(0).complete("too late");
            hub.settle();

            assertThat(ann).receivedEvents("slow");
        }
    }

    @Test
    void a_route_may_have_its_own_time() {
        try (TestHub hub = TestHub.of(builder -> builder.onAsync(
                SLOW, (client, nothing) -> new CompletableFuture<>(), route -> route.timeout(Duration.ofSeconds(1))))) {
            Reply<Object> reply = hub.connect("ann").request("slow");

            hub.advance(Duration.ofMillis(1_100));

            reply.failedWith(ErrorCode.HANDLER_TIMEOUT);
        }
    }

    @Test
    void a_slow_middleware_counts_as_the_handler() {
        try (TestHub hub = TestHub.of(builder ->
                builder.use((invocation, next) -> new CompletableFuture<>()).on("note", client -> {}))) {
            Reply<Object> reply = hub.connect("ann").request("note");

            hub.advance(Duration.ofSeconds(31));

            reply.failedWith(ErrorCode.HANDLER_TIMEOUT);
        }
    }

    private TestHub hub(InboundLimits limits) {
        return TestHub.of(builder -> wire(builder).limits(limits));
    }

    private HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.ping())
                .on("note", client -> log.add("note"))
                .onAsync(SLOW, (client, nothing) -> {
                    slow.add(new CompletableFuture<>());
                    return slow.get(slow.size() - 1);
                });
    }
}
