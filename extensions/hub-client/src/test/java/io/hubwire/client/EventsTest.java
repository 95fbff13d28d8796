// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.EventType;
import io.hubwire.TypeToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {
    record Said(String by, String text, Instant at) {}

    private static final EventType<Said> SAID = EventType.of("chat/said", Said.class);
    private static final EventType<Integer> NOTE = EventType.of("note", Integer.class);

    private final PlayedHub hub = PlayedHub.connected();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void payloads_are_bound_and_unknown_fields_ignored() {
        hub.client.on(SAID, seen::add);

        hub.push(1, "chat/said", "{\"by\":\"ann\",\"text\":\"hi\",\"at\":\"2030-01-01T00:00:00Z\",\"colour\":\"red\"}");

        assertThat(seen).containsExactly(new Said("ann", "hi", Instant.parse("2030-01-01T00:00:00Z")));
    }

    @Test
    void a_generic_payload_is_bound_by_its_token() {
        hub.client.on(EventType.of("notes", new TypeToken<List<Integer>>() {}), seen::add);

        hub.push(1, "notes", "[1,2]");

        assertThat(seen).containsExactly(List.of(1, 2));
    }

    @Test
    void handlers_are_called_in_the_order_of_their_registration_until_they_are_cancelled() {
        hub.client.on(NOTE, note -> seen.add("a" + note));
        Subscription second = hub.client.on(NOTE, note -> seen.add("b" + note));

        hub.push(1, "note", "1");
        second.cancel();
        hub.push(2, "note", "2");

        assertThat(seen).containsExactly("a1", "b1", "a2");
    }

    @Test
    void a_handler_that_one_before_it_cancels_is_not_called_any_more() {
        List<Subscription> second = new ArrayList<>();
        hub.client.on(NOTE, note -> second.get(0).cancel());
        second.add(hub.client.on(NOTE, seen::add));

        hub.push(1, "note", "1");

        assertThat(seen).isEmpty();
    }

    @Test
    void once_is_once() {
        hub.client.once(NOTE, seen::add);

        hub.say(
                "[1,{\"event\":\"note\",\"data\":1,\"code\":0,\"timestamp\":1},{\"event\":\"note\",\"data\":2,\"code\":0,\"timestamp\":1}]");

        assertThat(seen).containsExactly(1);
    }

    @Test
    void a_handler_that_fails_does_not_keep_the_others_from_being_called() {
        hub.client.on(NOTE, note -> {
            throw new IllegalStateException("planted");
        });
        hub.client.on(NOTE, seen::add);

        hub.push(1, "note", "1");
        hub.push(2, "note", "2");

        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void a_name_has_one_payload_type() {
        hub.client.on(NOTE, seen::add);

        assertThatThrownBy(() -> hub.client.on("note", String.class, seen::add))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("note")
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void a_payload_that_does_not_fit_is_not_handed_over_and_the_next_is() {
        hub.client.on(NOTE, seen::add);

        hub.push(1, "note", "\"one\"");
        hub.push(2, "note", "2");

        assertThat(seen).containsExactly(2);
    }

    @Test
    void a_message_without_a_payload_hands_over_null() {
        hub.client.on(EventType.of("tick"), tick -> seen.add("tick " + tick));

        hub.say("[1,{\"event\":\"tick\",\"code\":0,\"timestamp\":1}]");

        assertThat(seen).containsExactly("tick null");
    }

    @Test
    void any_hears_all_events_but_no_answers_and_no_control() {
        hub.client.onAny(
                message -> seen.add(message.event() + message.as(Integer.class).orElse(0) + message.isVolatile()));
        hub.client.request("echo", 1, Integer.class);

        hub.push(1, "note", "7");
        hub.answer(2, "echo", "c-1", "1");
        hub.say("{\"event\":\"cursor\",\"data\":8,\"code\":0,\"timestamp\":1,\"volatile\":true}");
        hub.say("{\"event\":\"hub/ping\",\"code\":0,\"timestamp\":1}");

        assertThat(seen).containsExactly("note7false", "cursor8true");
    }

    @Test
    void errors_that_belong_to_no_request_are_told_and_no_handler_takes_them_for_events() {
        hub.client.on("say", Integer.class, seen::add);
        hub.client.onError(error -> seen.add(error.event() + " " + error.code() + " " + error.errorText()));

        hub.say("[1,{\"event\":\"say\",\"code\":1103,\"errorMsg\":\"not allowed\",\"timestamp\":1}]");
        hub.say("{\"event\":\"hub/error\",\"code\":1001,\"errorMsg\":\"invalid envelope\",\"timestamp\":1}");

        assertThat(seen).containsExactly("say 1103 not allowed", "hub/error 1001 invalid envelope");
    }

    @Test
    void a_gap_moves_the_position() {
        List<Gap> gaps = new ArrayList<>();
        hub.client.onGap(gaps::add);
        hub.client.on(NOTE, seen::add);

        hub.push(1, "note", "1");
        hub.say(
                "{\"event\":\"hub/gap\",\"data\":{\"from\":2,\"to\":9,\"reason\":\"overflow\"},\"code\":0,\"timestamp\":1}");
        hub.push(10, "note", "10");

        assertThat(gaps).containsExactly(new Gap(2, 9, "overflow"));
        assertThat(seen).containsExactly(1, 10);
    }
}
