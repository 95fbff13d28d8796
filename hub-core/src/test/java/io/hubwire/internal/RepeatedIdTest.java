// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.RequestType;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A message that comes twice with the same id. */
class RepeatedIdTest {
    private static final RequestType<Void, String> HOLD = RequestType.withoutPayload("hold", String.class);
    private static final ErrorCode SOLD_OUT = ErrorCode.of(10_001, "sold out");

    private final List<String> handled = new ArrayList<>();
    private final CompletableFuture<String> held = new CompletableFuture<>();
    private final Lobby lobby = Lobby.with(hub -> hub.limits(InboundLimits.defaults()
                    .eventsPerSecond(InboundLimits.UNLIMITED, InboundLimits.UNLIMITED)
                    .mailbox(1, 1 << 20))
            .onRequest("buy", Integer.class, (client, count) -> {
                handled.add("buy " + count);
                return "bought " + count;
            })
            .onRequest("fail", Integer.class, (client, count) -> {
                handled.add("fail");
                throw SOLD_OUT.exception(count);
            })
            .onRequest("large", Integer.class, (client, length) -> {
                handled.add("large");
                return "x".repeat(length);
            })
            .onRequestAsync(HOLD, (client, nothing) -> {
                handled.add("hold");
                return held;
            })
            .on("note", String.class, (client, text) -> handled.add("note " + text)));
    private final ResumingPeer ann =
            ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();

    private void request(String event, Object data, String id) {
        ann.send("{\"event\":\"" + event + "\",\"data\":" + data + ",\"id\":\"" + id + "\"}");
    }

    private String lastFrame() {
        List<String> sent = ann.connection().sent();
        return sent.get(sent.size() - 1);
    }

    @Test
    void is_handled_once_and_answered_each_time() {
        request("buy", 1, "c-1");
        request("buy", 1, "c-1");

        assertThat(handled).containsExactly("buy 1");
        assertThat(ann.received()).containsExactly("\"bought 1\"", "\"bought 1\"");
        assertThat(lastFrame()).startsWith("[2,").contains("\"id\":\"c-1\"");
    }

    @Test
    void another_id_or_none_is_handled_again() {
        request("buy", 1, "c-1");
        request("buy", 1, "c-2");
        ann.send("{\"event\":\"buy\",\"data\":1}");
        ann.send("{\"event\":\"buy\",\"data\":1}");

        assertThat(handled).hasSize(4);
    }

    @Test
    void an_error_is_answered_again_as_well() {
        request("fail", 3, "c-1");
        request("fail", 3, "c-1");

        assertThat(handled).containsExactly("fail");
        assertThat(ann.received()).containsExactly("3", "3");
        assertThat(lastFrame()).contains("\"code\":10001,\"errorMsg\":\"sold out\"");
    }

    @Test
    void an_event_with_an_id_is_handled_once() {
        request("note", "\"a\"", "c-1");
        request("note", "\"a\"", "c-1");

        assertThat(handled).containsExactly("note a");
        assertThat(ann.last()).isEqualTo(2);
    }

    @Test
    void while_the_first_runs_it_is_dropped() {
        ann.send("{\"event\":\"hold\",\"id\":\"c-1\"}");
        ann.send("{\"event\":\"hold\",\"id\":\"c-1\"}");
        assertThat(ann.received()).isEmpty();

        held.complete("done");
        lobby.settle();

        assertThat(handled).containsExactly("hold");
        assertThat(ann.read().received()).containsExactly("\"done\"");
    }

    @Test
    void it_is_remembered_over_a_resume() {
        ann.send("{\"event\":\"hold\",\"id\":\"c-1\"}").drop();
        held.complete("done");
        lobby.settle();

        ann.dialAgain().claim();
        ann.send("{\"event\":\"hold\",\"id\":\"c-1\"}");

        assertThat(handled).containsExactly("hold");
        assertThat(ann.received()).containsExactly("\"done\"", "\"done\"");
    }

    @Test
    void a_new_session_has_handled_nothing() {
        request("buy", 1, "c-1");
        ann.drop();
        ann.dialAgain().hello();
        request("buy", 1, "c-1");

        assertThat(handled).hasSize(2);
    }

    @Test
    void an_answer_that_is_too_large_is_not_kept() {
        request("large", 8 << 10, "c-1");
        request("large", 8 << 10, "c-1");

        assertThat(handled).containsExactly("large");
        assertThat(lastFrame()).contains("\"code\":1403");
    }

    @Test
    void of_many_answers_the_oldest_are_not_kept() {
        for (int i = 0; i < 40; i++) {
            request("large", 8000, "c-" + i);
        }
        request("large", 8000, "c-0");
        assertThat(lastFrame()).contains("\"code\":1403");

        request("large", 8000, "c-39");
        assertThat(lastFrame()).contains("\"code\":0", "\"id\":\"c-39\"");
        assertThat(handled).hasSize(40);
    }

    @Test
    void the_last_256_ids_are_remembered() {
        for (int i = 0; i < 257; i++) {
            request("buy", i, "c-" + i);
        }
        request("buy", 1, "c-1");
        assertThat(handled).hasSize(257);

        request("buy", 0, "c-0");
        assertThat(handled).hasSize(258);
    }

    @Test
    void after_3_minutes_an_id_is_as_good_as_new() {
        request("buy", 1, "c-1");
        lobby.advance(Duration.ofSeconds(20));
        for (int i = 0; i < 10; i++) {
            ann.send("{\"event\":\"hub/ping\"}");
            lobby.advance(Duration.ofMillis(15_900));
        }
        request("buy", 1, "c-1");
        assertThat(handled).hasSize(1);

        lobby.advance(Duration.ofSeconds(1));
        request("buy", 1, "c-1");
        assertThat(handled).hasSize(2);
    }

    @Test
    void what_was_refused_may_come_again() {
        ann.send("{\"event\":\"hold\",\"id\":\"c-1\"}");
        request("buy", 1, "c-2");
        request("buy", 2, "c-3");
        assertThat(lastFrame()).contains("\"code\":1201", "\"id\":\"c-3\"");

        held.complete("done");
        lobby.settle();
        request("buy", 2, "c-3");

        assertThat(handled).containsExactly("hold", "buy 1", "buy 2");
    }

    @Test
    void is_handled_once_for_a_client_that_comes_back_at_the_last_moment() {
        request("buy", 1, "c-1");
        lobby.advance(Duration.ofSeconds(30)); // the cut is noticed late
        ann.drop();
        lobby.advance(Duration.ofSeconds(119));

        ann.dialAgain().claim();
        request("buy", 1, "c-1");

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(handled).containsExactly("buy 1");
    }

    @Test
    void a_classic_client_is_not_remembered() {
        Visitor bob = lobby.enter("bob");
        for (int i = 0; i < 2; i++) {
            bob.handler().onText("{\"event\":\"buy\",\"data\":1,\"id\":\"c-1\"}", true);
            lobby.settle();
        }

        assertThat(handled).hasSize(2);
    }

    @Test
    void no_timer_is_left_when_nothing_is_remembered() {
        request("buy", 1, "c-1");
        assertThat(lobby.runtime().pendingTimers()).contains("old ids");

        ann.drop();
        lobby.advance(Duration.ofMinutes(5));

        assertThat(lobby.runtime().pendingTimers()).doesNotContain("old ids");
    }
}
