// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.protocol.Envelope.FromHub;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Frame;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JacksonCodecEncodingTest {
    private static final long NOW = 1_715_670_733;

    record Price(String lot, long cents, @Nullable String by, Instant closes) {}

    record Nothing() {}

    private final JacksonCodec codec = JacksonCodec.strict();

    @Test
    void the_answer_to_a_ping() {
        requireText(
                FromHub.answer("ping", null, NOW, null), "{\"event\":\"ping\",\"code\":0,\"timestamp\":1715670733}");
    }

    @Test
    void the_answer_to_a_join() {
        requireText(
                FromHub.answer("join", Set.of("room-1"), NOW, null),
                "{\"event\":\"join\",\"data\":[\"room-1\"],\"code\":0,\"timestamp\":1715670733}");
        requireText(
                FromHub.answer("quit", new LinkedHashSet<String>(), NOW, null),
                "{\"event\":\"quit\",\"data\":[],\"code\":0,\"timestamp\":1715670733}");
    }

    @Test
    void the_answer_to_an_unknown_event() {
        requireText(
                FromHub.error("no/such", ErrorCode.UNKNOWN_EVENT, null, NOW, null),
                "{\"event\":\"no/such\",\"code\":1300,\"errorMsg\":\"unknown event\",\"timestamp\":1715670733}");
    }

    @Test
    void every_field_in_its_order() {
        requireText(
                new FromHub("e", 1, 10_001, "bid too low", NOW, "c-17", null, true),
                "{\"event\":\"e\",\"data\":1,\"code\":10001,\"errorMsg\":\"bid too low\",\"timestamp\":1715670733,"
                        + "\"id\":\"c-17\",\"volatile\":true}");
    }

    @Test
    void a_question_has_its_id_behind_the_timestamp() {
        requireText(
                FromHub.question("invite", "tea", NOW, "s-3"),
                "{\"event\":\"invite\",\"data\":\"tea\",\"code\":0,\"timestamp\":1715670733,\"ask\":\"s-3\"}");
        requireText(
                new FromHub("e", null, 0, null, NOW, "c-17", "s-3", true),
                "{\"event\":\"e\",\"code\":0,\"timestamp\":1715670733,\"id\":\"c-17\",\"ask\":\"s-3\",\"volatile\":true}");
    }

    @Test
    void a_kick() {
        requireText(FromHub.push("kick", null, NOW, false), "{\"event\":\"kick\",\"code\":0,\"timestamp\":1715670733}");
    }

    @Test
    void an_id_of_the_client_is_escaped_as_it_must_be() {
        requireText(
                FromHub.answer("e", null, NOW, "\"\\\n\u0000é😀"),
                "{\"event\":\"e\",\"code\":0,\"timestamp\":1715670733,\"id\":\"\\\"\\\\\\n\\u0000é😀\"}");
    }

    @Test
    void records_and_times_and_what_is_absent() {
        Price price = new Price("7", 130, null, Instant.parse("2024-05-14T07:12:13.500Z"));

        requireData(price, "{\"lot\":\"7\",\"cents\":130,\"by\":null,\"closes\":\"2024-05-14T07:12:13.500Z\"}");
        requireData(LocalDate.of(2024, 5, 14), "\"2024-05-14\"");
        requireData(Duration.ofMillis(1500), "\"PT1.5S\"");
        requireData(new Nothing(), "{}");
    }

    @Test
    void maps_lists_numbers_and_text() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("b", List.of(1, 2.5, new BigDecimal("1E+3")));
        map.put("a", "€ \u2028 </script>");

        requireData(map, "{\"b\":[1,2.5,1E+3],\"a\":\"€ \u2028 </script>\"}");
        requireData("text", "\"text\"");
        requireData(true, "true");
        requireData(Long.MAX_VALUE, "9223372036854775807");
    }

    @Test
    void a_lone_surrogate_leaves_as_a_question_mark() {
        requireData("a\ud800b", "\"a?b\"");
    }

    @Test
    void the_length_in_bytes_is_that_of_the_text() {
        Frame frame = codec.encode(FromHub.push("e", "€😀", NOW, false));

        assertThat(frame.utf8Length()).isEqualTo(frame.utf8().length);
    }

    @Test
    void data_that_cannot_be_written_is_refused_with_the_name_of_the_event() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);

        assertThatThrownBy(() -> codec.encode(FromHub.push("loop", itself, NOW, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'loop'");
    }

    static Stream<Object> numbersThatAreNone() {
        return Stream.of(
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY,
                new double[] {1, Double.NaN},
                new float[] {Float.NaN},
                OptionalDouble.of(Double.NaN),
                Map.of("a", List.of(Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("numbersThatAreNone")
    void a_number_that_is_not_finite_is_refused_and_not_written_as_text(Object data) {
        assertThatThrownBy(() -> codec.encode(FromHub.push("price", data, NOW, false)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'price'")
                .hasMessageContaining("not a JSON number");
    }

    @Test
    void a_mapper_of_the_application_never_writes_a_number_that_is_not_json() {
        JacksonCodec own = JacksonCodec.using(JsonMapper.builder()
                .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
                .build());

        assertThat(own.encode(FromHub.push("e", Double.NaN, NOW, false)).text()).contains("\"data\":\"NaN\"");
    }

    @Test
    void arrays_of_numbers() {
        requireData(new double[] {1.5, 2, 3}, "[1.5,2.0,3.0]");
        requireData(new float[] {0.5f}, "[0.5]");
    }

    @Test
    void a_failure_leaves_nothing_behind_for_the_next_message() {
        List<Object> bad = List.of("half", new Object() {
            @SuppressWarnings("unused") // Jackson calls it
            public String getText() {
                throw new IllegalStateException("thrown on purpose");
            }
        });
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> codec.encode(FromHub.push("bad", bad, NOW, false)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        requireData("good", "\"good\"");
    }

    private void requireData(Object data, String json) {
        requireText(
                FromHub.push("e", data, NOW, false),
                "{\"event\":\"e\",\"data\":" + json + ",\"code\":0,\"timestamp\":1715670733}");
    }

    private void requireText(FromHub message, String expected) {
        assertThat(codec.encode(message).text()).isEqualTo(expected);
    }
}
