// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.client.FakeSockets.FakeSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    @Test
    void says_hello_with_the_token_and_tells_each_state() {
        PlayedHub hub = new PlayedHub(it -> {}, it -> it.token(() -> CompletableFuture.completedFuture("abc")));

        FakeSocket socket = hub.accept();
        assertThat(socket.sent).containsExactly("{\"event\":\"hub/hello\",\"data\":{\"token\":\"abc\"}}");
        hub.say("{\"event\":\"hub/hello\",\"data\":{\"client\":\"c1\",\"session\":\"s\",\"resumed\":false,\"seq\":0,"
                + "\"reason\":\"none\",\"user\":{\"id\":\"42\",\"name\":\"Ann\"}},\"code\":0,\"timestamp\":1}");

        assertThat(hub.states)
                .extracting(StateChange::state)
                .containsExactly(ConnectionState.CONNECTING, ConnectionState.OPEN);
        assertThat(hub.client.state()).isEqualTo(ConnectionState.OPEN);
        assertThat(hub.sessions).singleElement().satisfies(start -> {
            assertThat(start.client()).isEqualTo("c1");
            assertThat(start.user().orElseThrow().name()).isEqualTo("Ann");
        });
    }

    @Test
    void a_connection_that_does_not_open_is_given_up() {
        PlayedHub hub = new PlayedHub(it -> {}, it -> it.connectTimeout(Duration.ofSeconds(2)));
        hub.accept();
        hub.sockets.hold(true);
        hub.close(1006);
        hub.runtime.advanceUntil(30_000, () -> hub.client.state() == ConnectionState.CONNECTING);

        hub.advance(Duration.ofMillis(1_999));
        assertThat(hub.client.state()).isEqualTo(ConnectionState.CONNECTING);
        hub.advance(Duration.ofMillis(1));
        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
    }

    @Test
    void a_hub_that_does_not_answer_the_hello_is_left_after_10_seconds() {
        PlayedHub hub = new PlayedHub();
        FakeSocket socket = hub.accept();

        hub.advance(Duration.ofMillis(9_999));
        assertThat(socket.closedByClient()).isZero();
        hub.advance(Duration.ofMillis(1));

        assertThat(socket.closedByClient()).isEqualTo(1001);
        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
    }

    @Test
    void what_an_old_connection_says_means_nothing() {
        PlayedHub hub = PlayedHub.connected();
        FakeSocket old = hub.socket();
        hub.close(1006);
        hub.resume();
        hub.takeSent();

        old.say("[1,{\"event\":\"note\",\"code\":0,\"timestamp\":1}]");
        old.closeByHub(4005);

        assertThat(hub.client.state()).isEqualTo(ConnectionState.OPEN);
        hub.advance(Duration.ofSeconds(1));
        assertThat(hub.takeSent()).isEmpty();
    }

    @Test
    void a_second_answer_to_one_hello_means_nothing() {
        PlayedHub hub = PlayedHub.connected();
        hub.push(1, "note", "1");

        hub.say(
                "{\"event\":\"hub/hello\",\"data\":{\"session\":\"other\",\"resumed\":false,\"seq\":0},\"code\":0,\"timestamp\":1}");
        hub.close(1006);

        assertThat(hub.sessions).hasSize(1);
        assertThat(hub.accept().sent).singleElement().asString().contains("\"session\":\"secret-1\",\"seq\":1");
    }

    @Test
    void a_frame_that_is_no_json_makes_it_resume() {
        PlayedHub hub = PlayedHub.connected();
        FakeSocket old = hub.socket();

        hub.say("[1,{");

        assertThat(old.closedByClient()).isEqualTo(4204);
        assertThat(hub.accept().sent)
                .singleElement()
                .asString()
                .contains("\"resume\":{\"session\":\"secret-1\",\"seq\":0}");
    }

    @Test
    void stays_away_after_a_code_that_says_so_and_fails_what_is_open() {
        PlayedHub hub = PlayedHub.connected();
        CompletionStage<Integer> request = hub.client.request("echo", 1, Integer.class);

        hub.close(4004);

        assertThat(hub.client.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(hub.states.get(hub.states.size() - 1).reason().orElseThrow().code())
                .isEqualTo(4004);
        assertThat(hub.failureOf(request).reason()).isEqualTo(RequestFailedException.Cause.OUTCOME_UNKNOWN);
        assertThat(hub.client.send("say", 1)).isEqualTo(SendOutcome.CLOSED);
        hub.advance(Duration.ofMinutes(10));
        assertThat(hub.sockets.attempts()).isEqualTo(1);
    }

    @Test
    void close_says_goodbye_and_calls_no_handler_any_more() {
        PlayedHub hub = PlayedHub.connected();
        FakeSocket socket = hub.socket();

        hub.client.close();
        hub.client.close();
        hub.runtime.settle();
        socket.say("[1,{\"event\":\"note\",\"code\":0,\"timestamp\":1}]");

        assertThat(socket.closedByClient()).isEqualTo(1000);
        assertThat(hub.states)
                .last()
                .satisfies(change -> assertThat(change.state()).isEqualTo(ConnectionState.CLOSED));
        assertThat(hub.states)
                .filteredOn(change -> change.state() == ConnectionState.CLOSED)
                .hasSize(1);
        hub.advance(Duration.ofMinutes(10));
        assertThat(hub.sockets.attempts()).isEqualTo(1);
    }

    @Test
    void a_hello_that_is_answered_with_an_error_opens_nothing() {
        PlayedHub hub = new PlayedHub();
        hub.accept();

        hub.say("{\"event\":\"hub/hello\",\"code\":1101,\"errorMsg\":\"no\",\"timestamp\":1}");

        assertThat(hub.client.state()).isEqualTo(ConnectionState.CONNECTING);
        assertThat(hub.sessions).isEmpty();
    }

    @Test
    void a_client_that_is_closed_leaves_nothing_to_happen_later() {
        PlayedHub hub = PlayedHub.connected();
        hub.push(1, "note", "1");
        hub.client.request("echo", 1, Integer.class);
        hub.client.join("room-1");
        hub.client.join("room-2");
        hub.refuse(2, "join", "c-3", 1201);
        hub.close(1006);
        hub.begin();
        hub.refuse(1, "join", "c-4", 1201);
        hub.client.leave("room-2");
        hub.client.request("echo", 2, Integer.class);
        assertThat(hub.runtime.timers()).isPositive();

        hub.client.close();
        hub.runtime.settle();

        assertThat(hub.runtime.timers()).isZero();
    }

    @Test
    void a_client_that_is_closed_while_it_waits_leaves_nothing_to_happen_later() {
        PlayedHub hub = PlayedHub.connected();
        hub.close(1006);
        hub.client.request("echo", 1, Integer.class);

        hub.client.close();
        hub.runtime.settle();

        assertThat(hub.runtime.timers()).isZero();
    }

    @Test
    void a_client_that_is_closed_before_it_connects_does_not() {
        PlayedHub hub = new PlayedHub(HubClient::close);

        assertThat(hub.client.state()).isEqualTo(ConnectionState.CLOSED);
        assertThat(hub.sockets.attempts()).isZero();
    }

    @Test
    void a_connection_that_opens_after_the_client_was_closed_is_closed() {
        PlayedHub hub = PlayedHub.connected();
        hub.sockets.hold(true);
        hub.close(1006);
        hub.advance(Duration.ofSeconds(16));
        hub.client.close();

        hub.sockets.hold(false);
        hub.runtime.settle();

        List<FakeSocket> late = new ArrayList<>();
        while (hub.sockets.hasNext()) {
            late.add(hub.sockets.next());
        }
        assertThat(late).isNotEmpty().allSatisfy(socket -> {
            assertThat(socket.closedByClient()).isEqualTo(1000);
            assertThat(socket.sent).isEmpty();
        });
    }

    @Test
    void a_callback_may_close_the_client() {
        List<Integer> notes = new ArrayList<>();
        PlayedHub hub = PlayedHub.connected(it -> it.on("note", Integer.class, note -> {
            notes.add(note);
            it.close();
        }));
        FakeSocket socket = hub.socket();

        hub.say("[1,{\"event\":\"note\",\"data\":1,\"code\":0,\"timestamp\":1},"
                + "{\"event\":\"note\",\"data\":2,\"code\":0,\"timestamp\":1}]");

        assertThat(notes).containsExactly(1);
        assertThat(socket.closedByClient()).isEqualTo(1000);
        assertThat(hub.states).last().extracting(StateChange::state).isEqualTo(ConnectionState.CLOSED);
    }

    @Test
    void a_callback_that_throws_disturbs_no_other() {
        List<Integer> notes = new ArrayList<>();
        PlayedHub hub = PlayedHub.connected(it -> {
            it.on("note", Integer.class, note -> {
                throw new AssertionError("thrown on purpose");
            });
            it.on("note", Integer.class, notes::add);
            it.onState(change -> {
                throw new IllegalStateException("thrown on purpose");
            });
        });

        hub.push(1, "note", "1");
        hub.push(2, "note", "2");

        assertThat(notes).containsExactly(1, 2);
        assertThat(hub.client.state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    void a_hello_that_makes_no_sense_is_not_lived_with() {
        PlayedHub hub = new PlayedHub();
        FakeSocket socket = hub.accept();

        hub.say("{\"event\":\"hub/hello\",\"data\":{\"session\":\"s\",\"resumed\":[1]},\"code\":0,\"timestamp\":1}");

        assertThat(socket.closedByClient()).isEqualTo(4204);
        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
    }

    @Test
    void an_application_that_does_not_keep_up_loses_its_connection_and_no_message() {
        List<Integer> notes = new ArrayList<>();
        PlayedHub hub = PlayedHub.connected(it -> it.on("note", Integer.class, notes::add));
        hub.runtime.holdCalls(true);

        for (int i = 1; i <= 1_030; i++) {
            hub.push(i, "note", String.valueOf(i));
        }
        assertThat(hub.socket().closedByClient()).isEqualTo(1013);
        hub.advance(Duration.ofMinutes(1));
        assertThat(hub.sockets.attempts()).isEqualTo(1);
        hub.runtime.holdCalls(false);
        hub.resume();
        int next = notes.size() + 1;
        hub.push(next, "note", String.valueOf(next));

        assertThat(next).isBetween(1_000, 1_025);
        assertThat(notes).isEqualTo(IntStream.rangeClosed(1, next).boxed().toList());
    }

    @Test
    void an_address_that_is_no_hub_is_refused() {
        assertThatThrownBy(() -> HubClient.builder(URI.create("https://hub.example/ws")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://hub.example/ws");
    }
}
