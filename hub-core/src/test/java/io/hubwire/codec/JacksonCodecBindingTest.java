// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.TypeToken;
import io.hubwire.protocol.Envelope.FromHub;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.InvalidPayloadException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JacksonCodecBindingTest {
    enum Side {
        BUY,
        SELL
    }

    record Line(String item, int count) {}

    record Order(
            String id,
            List<Line> lines,
            Instant at,
            @Nullable Side side,
            boolean isGift,
            double price) {
        Order {
            if (id != null && id.isEmpty()) {
                throw new IllegalArgumentException("no id");
            }
        }
    }

    record Wrapped(Line line, Map<String, Line> byName) {}

    private final JacksonCodec codec = JacksonCodec.strict();

    @Test
    void a_record_with_everything_in_it() {
        Object order = bind(
                "{\"id\":\"7\",\"lines\":[{\"item\":\"a\",\"count\":2}],\"at\":\"2024-05-14T07:12:13Z\","
                        + "\"side\":\"SELL\",\"isGift\":true,\"price\":1.5,\"more\":[1]}",
                Order.class);

        assertThat(order)
                .isEqualTo(new Order(
                        "7", List.of(new Line("a", 2)), Instant.parse("2024-05-14T07:12:13Z"), Side.SELL, true, 1.5));
    }

    @Test
    void an_absent_field_is_null_and_an_absent_body_too() {
        assertThat(bind("{\"item\":null,\"count\":1}", Line.class)).isEqualTo(new Line(null, 1));
        assertThat(bind("{\"count\":1}", Line.class)).isEqualTo(new Line(null, 1));
        assertThat(bind("null", Line.class)).isNull();
        assertThat(codec.bind(Payload.NONE, Line.class)).isNull();
    }

    @Test
    void generic_types_and_scalars() {
        assertThat(bind("[{\"item\":\"a\",\"count\":1}]", new TypeToken<List<Line>>() {}.type()))
                .isEqualTo(List.of(new Line("a", 1)));
        assertThat(bind("{\"x\":[1,2]}", new TypeToken<Map<String, List<Integer>>>() {}.type()))
                .isEqualTo(Map.of("x", List.of(1, 2)));
        assertThat(bind("\"text\"", String.class)).isEqualTo("text");
        assertThat(bind("7", Integer.class)).isEqualTo(7);
        assertThat(bind("7", int.class)).isEqualTo(7);
        assertThat(bind("7", double.class)).isEqualTo(7.0);
        assertThat(bind("12345678901234567890123", BigInteger.class))
                .isEqualTo(new BigInteger("12345678901234567890123"));
        assertThat(bind("0.10", BigDecimal.class)).isEqualTo(new BigDecimal("0.10"));
        assertThat(bind("0.12345678901234567890", BigDecimal.class))
                .isEqualTo(new BigDecimal("0.12345678901234567890"));
        assertThat(bind("{\"a\":[1,true,null]}", Object.class)).hasToString("{a=[1, true, null]}");
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                arguments("text for a record", Line.class, "\"x\"", ""),
                arguments("an array for a record", Line.class, "[]", ""),
                arguments("a number for a record", Line.class, "7", ""),
                arguments("text for a number", Line.class, "{\"count\":\"7\"}", "count"),
                arguments("empty text for a number", Line.class, "{\"count\":\"\"}", "count"),
                arguments("a fraction for an integer", Line.class, "{\"count\":1.5}", "count"),
                arguments("a fraction of zero for an integer", Line.class, "{\"count\":1.0}", "count"),
                arguments("a number that is too large", Line.class, "{\"count\":3000000000}", "count"),
                arguments("a number that is far too large", Line.class, "{\"count\":1" + "0".repeat(50) + "}", "count"),
                arguments("null for a primitive", Line.class, "{\"count\":null}", "count"),
                arguments("a primitive that is absent", Line.class, "{\"item\":\"a\"}", "count"),
                arguments("true for a number", Line.class, "{\"count\":true}", "count"),
                arguments("an object for a number", Line.class, "{\"count\":{}}", "count"),
                arguments("a number for text", Line.class, "{\"item\":7,\"count\":1}", "item"),
                arguments("true for text", Line.class, "{\"item\":true,\"count\":1}", "item"),
                arguments("an array for text", Line.class, "{\"item\":[\"a\"],\"count\":1}", "item"),
                arguments(
                        "deep in a list",
                        Order.class,
                        "{\"lines\":[{\"count\":1},{\"count\":1},{\"count\":\"x\"}]}",
                        "lines[2].count"),
                arguments("a list that is none", Order.class, "{\"lines\":{}}", "lines"),
                arguments("a time that is none", Order.class, "{\"at\":\"noon\"}", "at"),
                arguments("a time as a number", Order.class, "{\"at\":{}}", "at"),
                arguments("an unknown constant", Order.class, "{\"side\":\"HOLD\"}", "side"),
                arguments("a constant by its number", Order.class, "{\"side\":0}", "side"),
                arguments("a number for a boolean", Order.class, "{\"isGift\":1}", "isGift"),
                arguments("text for a boolean", Order.class, "{\"isGift\":\"true\"}", "isGift"),
                arguments("within a record", Wrapped.class, "{\"line\":{\"count\":[]}}", "line.count"),
                arguments("within a map", Wrapped.class, "{\"byName\":{\"a b\":{\"count\":[]}}}", "byName.a b.count"),
                arguments("text for a number of its own", Integer.class, "\"7\"", ""),
                arguments("a number for text of its own", String.class, "7", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void a_misfit_is_told_with_its_path(String what, Class<?> type, String body, String path) {
        assertThatThrownBy(() -> bind(body, type))
                .as(what)
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class,
                        invalid -> assertThat(invalid.path()).isEqualTo(path));
    }

    @Test
    void a_constructor_that_refuses_is_a_misfit() {
        assertThatThrownBy(() -> bind("{\"id\":\"\",\"isGift\":true,\"price\":1}", Order.class))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class,
                        invalid -> assertThat(invalid.path()).isEmpty());
    }

    /** A payload class that Jackson cannot make. */
    interface Unbindable {
        String text();
    }

    @Test
    void a_type_that_cannot_be_bound_is_the_fault_of_the_application_and_not_of_the_client() {
        assertThatThrownBy(() -> bind("{\"text\":\"x\"}", Unbindable.class))
                .isNotInstanceOf(InvalidPayloadException.class)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Unbindable.class.getName());
    }

    @Test
    void a_body_can_be_bound_more_than_once() {
        Payload payload = payload("{\"item\":\"a\",\"count\":2}");

        assertThat(codec.bind(payload, Line.class)).isEqualTo(codec.bind(payload, Line.class));
        assertThat(codec.bind(payload, Map.class)).isEqualTo(Map.of("item", "a", "count", 2));
    }

    @Test
    void a_codec_with_the_mapper_of_an_application_binds_and_writes_as_that_does() {
        JacksonCodec own = JacksonCodec.using(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                .build());
        Payload payload = own.decode("{\"event\":\"e\",\"data\":{\"Item\":\"a\",\"Count\":\"2\"}}")
                .payload();

        assertThat(own.bind(payload, Line.class)).isEqualTo(new Line("a", 2));
        assertThat(own.encode(FromHub.push("e", new Line("a", 2), 7, false)).text())
                .isEqualTo("{\"event\":\"e\",\"data\":{\"Item\":\"a\",\"Count\":2},\"code\":0,\"timestamp\":7}");
    }

    private @Nullable Object bind(String body, Type type) {
        return codec.bind(payload(body), type);
    }

    private Payload payload(String body) {
        return codec.decode("{\"event\":\"e\",\"data\":" + body + "}").payload();
    }
}
