// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.EventType.Delivery;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTypeTest {
    @Test
    void is_equal_by_name_type_and_delivery() {
        EventType<String> type = EventType.of("a", String.class);

        assertThat(type)
                .isEqualTo(EventType.of("a", String.class))
                .hasSameHashCodeAs(EventType.of("a", String.class))
                .isNotEqualTo(EventType.of("b", String.class))
                .isNotEqualTo(EventType.of("a", Integer.class))
                .isNotEqualTo(type.ephemeral())
                .hasToString("a");
        assertThat(type.ephemeral().delivery()).isEqualTo(Delivery.EPHEMERAL);
        assertThat(type.delivery()).isEqualTo(Delivery.COUNTED);
    }

    @Test
    void with_a_key_it_is_equal_by_the_very_same_function() {
        Function<String, Object> length = String::length;
        EventType<String> type = EventType.of("a", String.class);

        assertThat(type.latestBy(length))
                .isEqualTo(type.latestBy(length))
                .hasSameHashCodeAs(type.latestBy(length))
                .isNotEqualTo(type)
                .isNotEqualTo(type.latestBy(text -> text));
        assertThat(type.latestBy(length).delivery()).isEqualTo(Delivery.LATEST);
        assertThat(type.latestBy(length).keyOf("four")).contains(4);
        assertThat(type.keyOf("four")).isEmpty();
    }

    @Test
    void ephemeral_and_latest_by_a_key_contradict_each_other() {
        EventType<String> type = EventType.of("a", String.class);

        assertThatThrownBy(() -> type.ephemeral().latestBy(text -> text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'a'");
        assertThatThrownBy(() -> type.latestBy(text -> text).ephemeral()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_generic_payload_takes_a_token() {
        EventType<List<String>> type = EventType.of("a", new TypeToken<List<String>>() {});

        assertThat(type.payloadType()).hasToString("java.util.List<java.lang.String>");
        assertThat(type).isEqualTo(EventType.of("a", new TypeToken<List<String>>() {}));
    }

    @Test
    @SuppressWarnings("rawtypes")
    void a_token_without_a_type_is_refused() {
        assertThatThrownBy(() -> new TypeToken() {}).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "has space", "hub/own", "ü"})
    void a_bad_name_is_refused_with_the_name(String name) {
        assertThatThrownBy(() -> EventType.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
        assertThatThrownBy(() -> RequestType.of(name, Void.class, Void.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_is_equal_by_name_payload_and_answer() {
        assertThat(RequestType.of("a", String.class, Integer.class))
                .isEqualTo(RequestType.of("a", String.class, Integer.class))
                .isNotEqualTo(RequestType.of("a", String.class, Long.class))
                .isNotEqualTo(RequestType.withoutPayload("a", Integer.class))
                .hasToString("a");
        assertThat(RequestType.of("a", String.class, new TypeToken<List<String>>() {})
                        .answerType())
                .isEqualTo(RequestType.of("a", new TypeToken<String>() {}, new TypeToken<List<String>>() {})
                        .answerType());
    }
}
