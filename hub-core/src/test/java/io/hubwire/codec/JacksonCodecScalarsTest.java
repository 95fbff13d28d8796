// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hubwire.TypeToken;
import io.hubwire.spi.InvalidPayloadException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers, times and identifiers: what is let through is what the type can say, and nothing is bent to fit. */
class JacksonCodecScalarsTest {
    enum Side {
        BUY
    }

    record Price(double v) {}

    record Small(float v) {}

    record Octet(byte v) {}

    record Numbers(double[] d, float[] f, byte[] b, short[] s) {}

    record At(@Nullable Instant v) {}

    record Epoch(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant v) {}

    record Day(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate v) {}

    record Anniversary(@JsonFormat(pattern = "dd.MM") MonthDay v) {}

    private final JacksonCodec codec = JacksonCodec.strict();

    static Stream<Arguments> misfits() {
        return Stream.of(
                arguments(Price.class, "{'v':'NaN'}", "v"),
                arguments(Price.class, "{'v':'Infinity'}", "v"),
                arguments(Price.class, "{'v':'-INF'}", "v"),
                arguments(double.class, "'NaN'", ""),
                arguments(Double.class, "'NaN'", ""),
                arguments(Float.class, "'-Infinity'", ""),
                arguments(Number.class, "'NaN'", ""),
                arguments(Number.class, "'5'", ""),
                arguments(BigDecimal.class, "'5'", ""),
                arguments(BigInteger.class, "''", ""),
                arguments(OptionalDouble.class, "'NaN'", ""),
                arguments(Numbers.class, "{'d':[1,'NaN']}", "d[1]"),
                arguments(Numbers.class, "{'d':[null]}", "d[0]"),
                arguments(Numbers.class, "{'f':[1e300]}", "f[0]"),
                arguments(Numbers.class, "{'f':7}", "f"),
                arguments(Numbers.class, "{'b':[1,255]}", "b[1]"),
                arguments(Numbers.class, "{'s':[40000]}", "s[0]"),
                arguments(Small.class, "{'v':1e300}", "v"),
                arguments(Small.class, "{'v':-1" + "0".repeat(50) + "}", "v"),
                arguments(Octet.class, "{'v':255}", "v"),
                arguments(Octet.class, "{'v':-129}", "v"),
                arguments(Octet.class, "{'v':1.0}", "v"),
                arguments(Byte.class, "128", ""),
                arguments(short.class, "32768", ""),
                arguments(char.class, "65", ""),
                arguments(char.class, "''", ""),
                arguments(At.class, "{'v':1e300}", "v"),
                arguments(At.class, "{'v':5}", "v"),
                arguments(At.class, "{'v':'5'}", "v"),
                arguments(At.class, "{'v':'-5.25'}", "v"),
                arguments(At.class, "{'v':''}", "v"),
                arguments(At.class, "{'v':' '}", "v"),
                arguments(At.class, "{'v':'+9999999999-01-01T00:00:00Z'}", "v"),
                arguments(Instant.class, "" + Long.MAX_VALUE, ""),
                arguments(At.class, "{'v':' 5 '}", "v"),
                arguments(Day.class, "{'v':7}", "v"),
                arguments(Day.class, "{'v':''}", "v"),
                arguments(Day.class, "{'v':'2024-05-14'}", "v"),
                arguments(Epoch.class, "{'v':'noon'}", "v"),
                arguments(Epoch.class, "{'v':1e300}", "v"),
                arguments(Duration.class, "5", ""),
                arguments(Duration.class, "'5'", ""),
                arguments(Duration.class, "'P9999999999999999D'", ""),
                arguments(LocalDate.class, "[2024,5,14]", ""),
                arguments(LocalDate.class, "7", ""),
                arguments(LocalDate.class, "''", ""),
                arguments(LocalDateTime.class, "[2024,5,14,1,2]", ""),
                arguments(LocalTime.class, "[1,2]", ""),
                arguments(OffsetDateTime.class, "1.5", ""),
                arguments(ZonedDateTime.class, "1", ""),
                arguments(YearMonth.class, "[2024,5]", ""),
                arguments(Year.class, "99999999999", ""),
                arguments(Year.class, "1000000000", ""),
                arguments(Year.class, "''", ""),
                arguments(ZoneId.class, "'Nowhere/AtAll'", ""),
                arguments(ZoneId.class, "''", ""),
                arguments(Date.class, "5", ""),
                arguments(Date.class, "'5'", ""),
                arguments(UUID.class, "''", ""),
                arguments(UUID.class, "' '", ""),
                arguments(UUID.class, "'x'", ""),
                arguments(URI.class, "''", ""),
                arguments(Side.class, "''", ""),
                arguments(Side.class, "'0'", ""),
                arguments(boolean.class, "''", ""),
                arguments(new TypeToken<Map<Double, String>>() {}.type(), "{'NaN':'a'}", ""),
                arguments(new TypeToken<Map<Float, String>>() {}.type(), "{'1e300':'a'}", ""),
                arguments(new TypeToken<Map<Byte, String>>() {}.type(), "{'255':'a'}", ""),
                arguments(new TypeToken<Optional<Double>>() {}.type(), "'NaN'", ""));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("misfits")
    void a_value_that_the_type_cannot_say_is_a_misfit(Type type, String body, String path) {
        assertThatThrownBy(() -> bind(body, type))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class,
                        invalid -> assertThat(invalid.path()).isEqualTo(path));
    }

    static Stream<Arguments> fits() {
        Instant noon = Instant.parse("2024-05-14T12:00:00Z");
        return Stream.of(
                arguments(Price.class, "{'v':5}", new Price(5)),
                arguments(Price.class, "{'v':-1.5e10}", new Price(-1.5e10)),
                arguments(Small.class, "{'v':3.25}", new Small(3.25f)),
                arguments(Octet.class, "{'v':-128}", new Octet(Byte.MIN_VALUE)),
                arguments(Byte.class, "127", Byte.MAX_VALUE),
                arguments(Number.class, "1.5", 1.5),
                arguments(OptionalDouble.class, "1.5", OptionalDouble.of(1.5)),
                arguments(Instant.class, "'2024-05-14T12:00:00Z'", noon),
                arguments(Instant.class, "'2024-05-14T14:00:00+02:00'", noon),
                arguments(Epoch.class, "{'v':1715688000}", new Epoch(noon)),
                arguments(Day.class, "{'v':'14.05.2024'}", new Day(LocalDate.of(2024, 5, 14))),
                arguments(Anniversary.class, "{'v':'14.05'}", new Anniversary(MonthDay.of(5, 14))),
                arguments(Duration.class, "'PT1.5S'", Duration.ofMillis(1500)),
                arguments(Period.class, "'P3D'", Period.ofDays(3)),
                arguments(LocalDate.class, "'2024-05-14'", LocalDate.of(2024, 5, 14)),
                arguments(LocalTime.class, "'12:30'", LocalTime.of(12, 30)),
                arguments(LocalDateTime.class, "'2024-05-14T12:30:00'", LocalDateTime.of(2024, 5, 14, 12, 30)),
                arguments(YearMonth.class, "'2024-05'", YearMonth.of(2024, 5)),
                arguments(MonthDay.class, "'--05-14'", MonthDay.of(5, 14)),
                arguments(Year.class, "2024", Year.of(2024)),
                arguments(ZoneId.class, "'Europe/Berlin'", ZoneId.of("Europe/Berlin")),
                arguments(ZoneOffset.class, "'+02:00'", ZoneOffset.ofHours(2)),
                arguments(Date.class, "'2024-05-14T12:00:00Z'", Date.from(noon)),
                arguments(new TypeToken<Map<Byte, Double>>() {}.type(), "{'-1':2.5}", Map.of((byte) -1, 2.5)),
                arguments(new TypeToken<Map<Double, Integer>>() {}.type(), "{'1.5':2}", Map.of(1.5, 2)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("fits")
    void a_value_that_the_type_can_say_is_bound(Type type, String body, Object expected) {
        assertThat(bind(body, type)).isEqualTo(expected);
    }

    @Test
    void null_is_null_for_what_is_no_primitive() {
        assertThat(bind("{'v':null}", At.class)).isEqualTo(new At(null));
        assertThat(bind("null", Double.class)).isNull();
        assertThatThrownBy(() -> bind("{'v':null}", Price.class)).isInstanceOf(InvalidPayloadException.class);
        assertThatThrownBy(() -> bind("{}", Price.class)).isInstanceOf(InvalidPayloadException.class);
    }

    @Test
    void arrays_of_primitives() {
        Numbers numbers = (Numbers) bind("{'d':[1,-2.5],'f':[0.5],'b':[-128,127],'s':[7]}", Numbers.class);

        assertThat(numbers).isNotNull();
        assertThat(numbers.d()).containsExactly(1, -2.5);
        assertThat(numbers.f()).containsExactly(0.5f);
        assertThat(numbers.b()).containsExactly(-128, 127);
        assertThat(numbers.s()).containsExactly(7);
        assertThat((byte[]) bind("'AQI='", byte[].class)).containsExactly(1, 2);
        assertThat((double[]) bind("[]", double[].class)).isEmpty();
    }

    @Test
    void a_mapper_of_the_application_that_takes_numbers_for_times_is_out_of_range_at_the_client_s_cost() {
        JacksonCodec own = JacksonCodec.using(
                JsonMapper.builder().addModule(new JavaTimeModule()).build());

        assertThatThrownBy(() -> own.bind(
                        own.decode("{\"event\":\"e\",\"data\":" + Long.MAX_VALUE + "}")
                                .payload(),
                        Instant.class))
                .isInstanceOf(InvalidPayloadException.class);
    }

    private @Nullable Object bind(String body, Type type) {
        return codec.bind(
                codec.decode("{\"event\":\"e\",\"data\":" + body.replace('\'', '"') + "}")
                        .payload(),
                type);
    }
}
