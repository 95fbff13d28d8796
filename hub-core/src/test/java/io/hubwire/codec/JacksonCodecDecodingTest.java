// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.MalformedMessageException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonCodecDecodingTest {
    private final JacksonCodec codec = JacksonCodec.strict();

    @Test
    void reads_an_envelope() {
        Envelope.FromClient message = codec.decode("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"},\"id\":\"c-1\"}");

        assertThat(message.event()).isEqualTo("join");
        assertThat(message.payload().isPresent()).isTrue();
        assertThat(message.payload().text()).isEqualTo("{\"id\":\"room-1\"}");
        assertThat(message.id()).contains("c-1");
    }

    @Test
    void what_is_optional_may_be_absent() {
        Envelope.FromClient message = codec.decode("{\"event\":\"ping\"}");

        assertThat(message.payload()).isSameAs(Payload.NONE);
        assertThat(message.id()).isEmpty();
    }

    @Test
    void unknown_fields_and_the_order_of_fields_do_not_matter() {
        Envelope.FromClient message = codec.decode(
                " {\"x\":[1,{\"y\":null}],\"id\":\"1\",\"data\":7,\"code\":0,\"ask\":\"s\",\"event\":\"e\",\"z\":1.5e3}\n");

        assertThat(message.event()).isEqualTo("e");
        assertThat(message.payload().text()).isEqualTo("7");
        assertThat(message.id()).contains("1");
    }

    @Test
    void a_type_in_the_data_is_plain_data() {
        assertThat(codec.decode("{\"event\":\"e\",\"data\":{\"@class\":\"java.lang.Runtime\"}}")
                        .payload()
                        .text())
                .isEqualTo("{\"@class\":\"java.lang.Runtime\"}");
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("empty text", ""),
                arguments("only blanks", " \n"),
                arguments("null", "null"),
                arguments("an empty array", "[]"),
                arguments("an array with an envelope", "[{\"event\":\"e\"}]"),
                arguments("a string", "\"event\""),
                arguments("a number", "17"),
                arguments("not JSON", "hello"),
                arguments("a byte order mark", "\ufeff{\"event\":\"e\"}"),
                arguments("an end too early", "{\"event\":\"e\""),
                arguments("an end within data", "{\"event\":\"e\",\"data\":{\"a\":[1"),
                arguments("an end after a name", "{\"event\":\"e\",\"data\":"),
                arguments("two documents", "{\"event\":\"e\"}{\"event\":\"f\"}"),
                arguments("text behind the end", "{\"event\":\"e\"} x"),
                arguments("a brace too many", "{\"event\":\"e\"}}"),
                arguments("the event twice", "{\"event\":\"e\",\"event\":\"f\"}"),
                arguments("the data twice", "{\"event\":\"e\",\"data\":1,\"data\":2}"),
                arguments("an unknown name twice", "{\"event\":\"e\",\"x\":1,\"x\":1}"),
                arguments("a name twice within data", "{\"event\":\"e\",\"data\":{\"a\":1,\"b\":2,\"a\":3}}"),
                arguments("a name twice deep within data", "{\"event\":\"e\",\"data\":[{\"b\":{\"a\":1,\"a\":1}}]}"),
                arguments("a name twice, once escaped", "{\"event\":\"e\",\"\\u0065vent\":\"f\"}"),
                arguments("depth 33 in data", "{\"event\":\"e\",\"data\":" + nested(32) + "}"),
                arguments("depth 33 in an unknown field", "{\"event\":\"e\",\"x\":" + nested(32) + "}"),
                arguments("depth 20,000", "{\"event\":\"e\",\"data\":" + nested(20_000) + "}"),
                arguments("a number of 65 digits", number("1".repeat(65))),
                arguments("a fraction of 65 digits", number("1." + "1".repeat(64))),
                arguments("a number that is infinite", number("1e999999999")),
                arguments("a number that is infinite below zero", number("-1e400")),
                arguments("a number that is next to nothing", number("1e-999999999")),
                arguments("a zero with a billion decimals", number("0e-999999999")),
                arguments("an exponent beyond all bounds", number("1e-99999999999")),
                arguments("an infinite number in an unknown field", "{\"event\":\"e\",\"x\":1e400}"),
                arguments("a name of 129 characters", "{\"event\":\"e\",\"data\":{\"" + "n".repeat(129) + "\":1}}"),
                arguments("more than 10,000 tokens", "{\"event\":\"e\",\"data\":" + tokens(9_996) + "}"),
                arguments("a lone high surrogate, escaped", data("\"\\uD800\"")),
                arguments("a lone low surrogate, escaped", data("\"\\uDC00\"")),
                arguments("surrogates in the wrong order", data("\"\\uDC00\\uD800\"")),
                arguments("a lone surrogate as it is", data("\"\ud800\"")),
                arguments("a lone surrogate in a name", data("{\"\\uD800\":1}")),
                arguments("a lone surrogate in a name of the envelope", "{\"event\":\"e\",\"\\uD800\":1}"),
                arguments("a lone surrogate in an unknown field", "{\"event\":\"e\",\"x\":\"\\uD800\"}"),
                arguments("a lone surrogate in the id", "{\"event\":\"e\",\"id\":\"\\uD800\"}"),
                arguments("a lone surrogate in the event", "{\"event\":\"\\uD800\"}"),
                arguments("NaN", number("NaN")),
                arguments("Infinity", number("Infinity")),
                arguments("-Infinity", number("-Infinity")),
                arguments("a number that begins with a zero", number("01")),
                arguments("a number that begins with a plus", number("+1")),
                arguments("a number that ends with a point", number("1.")),
                arguments("a number in hexadecimal", number("0x10")),
                arguments("a comment of C", "{\"event\":\"e\"/* x */}"),
                arguments("a comment of C++", "{\"event\":\"e\"}// x"),
                arguments("a comment of YAML", "{\"event\":\"e\"}# x"),
                arguments("single quotes", "{'event':'e'}"),
                arguments("a name without quotes", "{event:\"e\"}"),
                arguments("a comma too many in an object", "{\"event\":\"e\",}"),
                arguments("a comma too many in an array", data("[1,]")),
                arguments("a missing value in an array", data("[1,,2]")),
                arguments("a control character in a string", data("\"a\u0001b\"")),
                arguments("a newline in a string", data("\"a\nb\"")),
                arguments("a null character", "{\"event\":\"e\"\u0000}"),
                arguments("an unknown escape", data("\"\\x41\"")),
                arguments("half an escape", data("\"\\u12\"")),
                arguments("an unknown word", data("truest")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void is_malformed(String what, String text) {
        assertThatThrownBy(() -> codec.decode(text))
                .as(what)
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        malformed -> assertThat(malformed.code()).isEqualTo(ErrorCode.MALFORMED));
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                arguments("no event", "{}"),
                arguments("no event, but data", "{\"data\":1}"),
                arguments("an empty event", "{\"event\":\"\"}"),
                arguments("an event that is null", "{\"event\":null}"),
                arguments("an event that is a number", "{\"event\":5}"),
                arguments("an event that is an object", "{\"event\":{\"a\":1}}"),
                arguments("an event with a blank", "{\"event\":\"a b\"}"),
                arguments("an event that is no ASCII", "{\"event\":\"é\"}"),
                arguments("an event of 129 characters", "{\"event\":\"" + "e".repeat(129) + "\"}"),
                arguments("an id that is null", "{\"event\":\"e\",\"id\":null}"),
                arguments("an id that is a number", "{\"event\":\"e\",\"id\":7}"),
                arguments("an id that is an array", "{\"event\":\"e\",\"id\":[\"7\"]}"),
                arguments("an empty id", "{\"event\":\"e\",\"id\":\"\"}"),
                arguments("an id of 65 characters", "{\"event\":\"e\",\"id\":\"" + "i".repeat(65) + "\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void is_no_valid_envelope(String what, String text) {
        assertThatThrownBy(() -> codec.decode(text))
                .as(what)
                .isInstanceOfSatisfying(
                        MalformedMessageException.class,
                        malformed -> assertThat(malformed.code()).isEqualTo(ErrorCode.INVALID_ENVELOPE));
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                arguments("depth 32", "{\"event\":\"e\",\"data\":" + nested(31) + "}"),
                arguments("a number of 64 digits", number("1".repeat(64))),
                arguments("the smallest double", number("4.9e-324")),
                arguments("the largest double", number("1.7976931348623157e308")),
                arguments("a name of 128 characters", "{\"event\":\"e\",\"data\":{\"" + "n".repeat(128) + "\":1}}"),
                arguments("an event of 128 characters", "{\"event\":\"" + "e".repeat(128) + "\"}"),
                arguments("an id of 64 characters", "{\"event\":\"e\",\"id\":\"" + "i".repeat(64) + "\"}"),
                arguments("10,000 tokens", "{\"event\":\"e\",\"data\":" + tokens(9_995) + "}"),
                arguments("a fraction of 64 digits", number("1." + "1".repeat(63))),
                arguments("a surrogate pair, escaped", data("\"\\uD83D\\uDE00\"")),
                arguments("a surrogate pair as it is", data("\"😀\"")),
                arguments("an escaped control character", data("\"\\u0000\\n\"")),
                arguments("a reserved event", "{\"event\":\"hub/ping\"}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void is_accepted(String what, String text) {
        assertThat(codec.decode(text).event()).as(what).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-7",
                "1.5",
                "1.50",
                "1e3",
                "0.12345678901234567890",
                "true",
                "false",
                "null",
                "\"x\"",
                "\"\\u0000\"",
                "[]",
                "{}",
                "[1,[2,{\"a\":null}]]",
                "{\"a\":{\"b\":[]}}",
                "123456789012345678901234567890",
                "\"€😀\""
            })
    void the_text_of_a_body_is_what_the_client_wrote(String body) {
        Payload payload = codec.decode(data(body)).payload();

        assertThat(payload.isPresent()).isTrue();
        assertThat(codec.decode(data(payload.text())).payload().text()).isEqualTo(payload.text());
        assertThat(payload).hasToString(payload.text());
        if (!body.contains("\\")) {
            assertThat(payload.text()).isEqualTo(body);
        }
    }

    @Test
    void a_codec_with_the_mapper_of_an_application_is_as_strict_about_strangers() {
        JsonMapper lenient = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build();
        JacksonCodec own = JacksonCodec.using(lenient);

        for (String text : new String[] {
            number("NaN"),
            "{\"event\":\"e\",\"event\":\"f\"}",
            "{\"event\":\"e\",\"data\":" + nested(32) + "}",
            number("1".repeat(65)),
            "{\"event\":\"e\"}{}"
        }) {
            assertThatThrownBy(() -> own.decode(text)).isInstanceOf(MalformedMessageException.class);
        }
        assertThat(lenient.getFactory().streamReadConstraints().getMaxNestingDepth())
                .isGreaterThan(32);
    }

    @Test
    void a_refusal_does_not_repeat_what_the_client_sent() {
        assertThatThrownBy(() -> codec.decode("{\"event\":\"e\",\"secret\":oops}"))
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("oops");
    }

    private static String data(String value) {
        return "{\"event\":\"e\",\"data\":" + value + "}";
    }

    private static String number(String digits) {
        return data("{\"n\":" + digits + "}");
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String tokens(int count) {
        return IntStream.range(0, count - 2).mapToObj(i -> "1").collect(Collectors.joining(",", "[", "]"));
    }
}
