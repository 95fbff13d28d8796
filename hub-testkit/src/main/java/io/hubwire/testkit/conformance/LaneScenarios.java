// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.RequestType;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.Mode;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.conformance.Chat.Said;
import io.hubwire.testkit.conformance.Chat.Say;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Handlers that take their time: a client waits for its own, and for nobody else's. */
interface LaneScenarios extends Stage {
    RequestType<Void, String> SLOW = RequestType.withoutPayload("chat/slow", String.class);

    @Test
    default void a_slow_handler_holds_up_its_own_client_and_nobody_else() {
        CompletableFuture<String> result = new CompletableFuture<>();
        try (TestHub hub = chat(builder -> builder.onRequestAsync(SLOW, (client, nothing) -> result))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            Reply<String> slow = ann.request(SLOW);
            Reply<Said> behind = ann.request(Chat.ECHO, Say.softly("behind"));
            catchUp(bob);
            slow.isUnanswered();
            behind.isUnanswered();
            result.complete("at last");

            ann.expectReply(behind).isOk();
            ann.expectReply(slow).dataAs(String.class).isEqualTo("at last");
            assertThat(ann).receivedEvents(SLOW.name(), Chat.ECHO.name());
        }
    }

    @Test
    default void a_handler_that_blocks_holds_up_nobody_else() {
        CountDownLatch gate = new CountDownLatch(1);
        try (TestHub hub = chat(builder -> builder.on("chat/block", client -> {
            assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
        }))) {
            Assumptions.assumeTrue(
                    hub.mode() == Mode.REAL, "a handler may block the test's thread only where it has none of it");
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            Reply<Object> blocked = ann.request("chat/block");
            ann.expectReply(ann.request("ping")).isOk();
            catchUp(bob);
            gate.countDown();

            ann.expectReply(blocked).isOk();
        }
    }

    @Test
    default void a_ping_is_answered_while_a_handler_is_busy() {
        CompletableFuture<String> never = new CompletableFuture<>();
        try (TestHub hub = chat(builder -> builder.onRequestAsync(SLOW, (client, nothing) -> never))) {
            TestClient ann = hub.connect("ann");

            Reply<String> slow = ann.request(SLOW);
            ann.expectReply(ann.request("ping")).isOk();

            slow.isUnanswered();
        }
    }

    @Test
    default void a_handler_that_takes_too_long_is_given_up() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Duration limit = Duration.ofMillis(100);
        try (TestHub hub = chat(
                builder -> builder.onRequestAsync(SLOW, (client, nothing) -> never, route -> route.timeout(limit)))) {
            TestClient ann = hub.connect("ann");

            Reply<String> slow = ann.request(SLOW);
            letPass(hub, Duration.ofMillis(200));

            ann.expectReply(slow).failedWith(ErrorCode.HANDLER_TIMEOUT);
            catchUp(ann);
        }
    }

    @Test
    default void more_messages_than_may_wait_are_turned_down() {
        AtomicInteger entered = new AtomicInteger();
        CompletableFuture<String> result = new CompletableFuture<>();
        InboundLimits two = InboundLimits.defaults().mailbox(2, 1 << 20);
        try (TestHub hub = chat(builder -> builder.limits(two).onRequestAsync(SLOW, (client, nothing) -> {
            entered.incrementAndGet();
            return result;
        }))) {
            TestClient ann = hub.connect("ann");
            Reply<String> first = ann.request(SLOW);
            hub.settleUntil(() -> entered.get() == 1);

            Reply<String> second = ann.request(SLOW);
            Reply<String> third = ann.request(SLOW);
            Reply<String> fourth = ann.request(SLOW);

            ann.expectReply(fourth).failedWith(ErrorCode.BUSY);
            result.complete("done");
            ann.expectReply(first).isOk();
            ann.expectReply(second).isOk();
            ann.expectReply(third).isOk();
        }
    }

    @Test
    default void what_a_handler_still_does_for_a_client_that_is_gone_harms_nobody() {
        AtomicInteger entered = new AtomicInteger();
        CompletableFuture<String> result = new CompletableFuture<>();
        try (TestHub hub = chat(builder -> builder.onRequestAsync(SLOW, (client, nothing) -> {
            entered.incrementAndGet();
            return result;
        }))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            ann.request(SLOW);
            hub.settleUntil(() -> entered.get() == 1);

            ann.drop();
            hub.settleUntil(() -> hub.hub().user("ann").size() == 0);
            result.complete("too late");

            catchUp(bob);
            assertThat(hub).hasOnlineUsers("bob");
        }
    }
}
