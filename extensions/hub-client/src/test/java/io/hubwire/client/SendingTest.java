// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.EventType;
import io.hubwire.client.FakeSockets.FakeSocket;
import io.hubwire.client.RequestFailedException.Cause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class SendingTest {
    private final PlayedHub hub = new PlayedHub(it -> {}, it -> it.queueAtMost(3, 100));

    @Test
    void what_does_not_fit_into_the_queue_is_refused_and_the_rest_is_sent_in_order() {
        assertThat(hub.client.send("say", 1)).isEqualTo(SendOutcome.ACCEPTED);
        assertThat(hub.client.send("say", 2)).isEqualTo(SendOutcome.ACCEPTED);
        assertThat(hub.client.send(EventType.of("bell"))).isEqualTo(SendOutcome.ACCEPTED);
        assertThat(hub.client.send("say", 4)).isEqualTo(SendOutcome.QUEUE_FULL);

        hub.begin();

        assertThat(hub.takeSent())
                .containsExactly(
                        "{\"event\":\"say\",\"data\":1}", "{\"event\":\"say\",\"data\":2}", "{\"event\":\"bell\"}");
        assertThat(hub.client.send("say", 5)).isEqualTo(SendOutcome.ACCEPTED);
    }

    @Test
    void bytes_count_as_well() {
        assertThat(hub.client.send("say", "é".repeat(30))).isEqualTo(SendOutcome.ACCEPTED);
        assertThat(hub.client.send("say", "e")).isEqualTo(SendOutcome.QUEUE_FULL);
    }

    @Test
    void a_request_that_does_not_fit_was_not_sent() {
        for (int i = 0; i < 3; i++) {
            hub.client.send("say", i);
        }

        assertThat(hub.failureOf(hub.client.request("echo", 1, Integer.class)).reason())
                .isEqualTo(Cause.NOT_SENT);
    }

    @Test
    void what_is_larger_than_the_hub_takes_is_refused() {
        PlayedHub other = new PlayedHub();
        other.accept();
        other.takeSent();
        other.say("{\"event\":\"hub/hello\",\"data\":{\"session\":\"s\",\"resumed\":false,\"seq\":0,"
                + "\"limits\":{\"messageBytes\":100}},\"code\":0,\"timestamp\":1}");

        assertThat(other.client.send("say", "e".repeat(100))).isEqualTo(SendOutcome.TOO_BIG);
        assertThat(other.client.send("say", "e".repeat(70))).isEqualTo(SendOutcome.ACCEPTED);
    }

    @Test
    void one_message_is_with_the_connection_at_a_time_and_the_protocol_goes_first() {
        hub.begin();
        hub.socket().holdSends();
        hub.client.send("say", 1);
        hub.client.send("say", 2);
        assertThat(hub.takeSent()).containsExactly("{\"event\":\"say\",\"data\":1}");

        hub.advance(Duration.ofSeconds(25));
        hub.socket().completeSend(null);

        assertThat(hub.takeSent()).containsExactly("{\"event\":\"hub/ping\",\"data\":{\"seq\":0}}");
        hub.socket().completeSend(null);
        assertThat(hub.takeSent()).containsExactly("{\"event\":\"say\",\"data\":2}");
    }

    @Test
    void a_send_that_fails_loses_the_connection_and_an_event_is_not_sent_twice() {
        hub.begin();
        hub.socket().holdSends();
        hub.client.send("say", 1);
        hub.client.send("say", 2);

        hub.socket().completeSend(new IOException("broken"));
        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
        hub.resume();

        assertThat(hub.takeSent())
                .containsExactly("{\"event\":\"hub/ack\",\"data\":{\"seq\":0}}", "{\"event\":\"say\",\"data\":2}");
    }

    @Test
    void a_send_that_never_completed_holds_back_nothing_on_the_next_connection() {
        hub.begin();
        FakeSocket old = hub.socket();
        old.holdSends();
        hub.client.send("say", 1);
        hub.client.send("say", 2);
        hub.close(1006);

        hub.resume();
        old.completeSend(new IOException("too late"));

        assertThat(hub.takeSent())
                .containsExactly("{\"event\":\"hub/ack\",\"data\":{\"seq\":0}}", "{\"event\":\"say\",\"data\":2}");
        assertThat(hub.client.state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    void new_credentials_are_sent_when_the_old_ones_expire() {
        PlayedHub other = new PlayedHub(it -> {}, it -> it.token(() -> CompletableFuture.completedFuture("fresh")));
        other.begin();

        other.say("{\"event\":\"hub/auth-expiring\",\"data\":{\"inMs\":60000},\"code\":0,\"timestamp\":1}");

        assertThat(other.takeSent())
                .containsExactly("{\"event\":\"hub/auth\",\"data\":{\"token\":\"fresh\"},\"id\":\"c-1\"}");
    }

    @Test
    void a_token_that_comes_late_is_not_said_before_the_next_hello_is_answered() {
        Queue<CompletableFuture<String>> tokens = new ArrayDeque<>(List.of(
                CompletableFuture.completedFuture("one"),
                new CompletableFuture<>(),
                CompletableFuture.completedFuture("three")));
        CompletableFuture<String> late = List.copyOf(tokens).get(1);
        PlayedHub other = new PlayedHub(it -> {}, it -> it.token(tokens::remove));
        other.begin();
        other.say("{\"event\":\"hub/auth-expiring\",\"data\":{\"inMs\":60000},\"code\":0,\"timestamp\":1}");
        other.close(1006);
        other.accept();

        late.complete("two");

        assertThat(other.takeSent())
                .singleElement()
                .asString()
                .contains("hub/hello")
                .contains("three");
    }

    @Test
    void what_turns_out_to_be_larger_than_the_hub_takes_is_not_sent_and_what_is_behind_it_goes_on() {
        PlayedHub other = new PlayedHub();
        assertThat(other.client.send("say", "e".repeat(100))).isEqualTo(SendOutcome.ACCEPTED);
        CompletionStage<String> request = other.client.request("echo", "e".repeat(100), String.class);
        other.client.send("say", 1);
        other.accept();
        other.takeSent();

        other.say("{\"event\":\"hub/hello\",\"data\":{\"session\":\"s\",\"resumed\":false,\"seq\":0,"
                + "\"limits\":{\"messageBytes\":100}},\"code\":0,\"timestamp\":1}");

        assertThat(other.takeSent()).containsExactly("{\"event\":\"say\",\"data\":1}");
        assertThat(other.failureOf(request).reason()).isEqualTo(Cause.NOT_SENT);
    }

    @Test
    void a_hub_that_reads_nothing_is_not_acknowledged_without_end() {
        hub.begin();
        hub.socket().holdSends();
        hub.client.send("say", 1);
        for (int number = 1; number <= 32 * 200; number++) {
            hub.push(number, "note", "1");
        }
        hub.takeSent();

        assertThat(hub.readHeldBack()).isLessThan(100);
    }

    @Test
    void names_of_the_protocol_cannot_be_sent() {
        assertThatThrownBy(() -> hub.client.send("hub/ack", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("hub/ack");
    }
}
