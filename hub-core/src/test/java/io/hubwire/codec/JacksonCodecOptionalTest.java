// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.protocol.Envelope.FromHub;
import io.hubwire.spi.InvalidPayloadException;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JacksonCodecOptionalTest {
    record Line(Optional<String> note, OptionalInt count) {}

    private final JacksonCodec codec = JacksonCodec.strict();

    @Test
    void what_is_there_is_bound() {
        assertThat(bind("{\"note\":\"a\",\"count\":2}")).isEqualTo(new Line(Optional.of("a"), OptionalInt.of(2)));
    }

    @Test
    void what_is_null_or_absent_is_empty() {
        Line empty = new Line(Optional.empty(), OptionalInt.empty());

        assertThat(bind("{\"note\":null,\"count\":null}")).isEqualTo(empty);
        assertThat(bind("{}")).isEqualTo(empty);
    }

    @Test
    void what_does_not_fit_is_told_with_its_path() {
        assertThatThrownBy(() -> bind("{\"count\":\"2\"}"))
                .isInstanceOfSatisfying(
                        InvalidPayloadException.class,
                        invalid -> assertThat(invalid.path()).isEqualTo("count"));
        assertThatThrownBy(() -> bind("{\"note\":7}")).isInstanceOf(InvalidPayloadException.class);
    }

    @Test
    void is_written_as_its_value_or_null() {
        assertThat(write(new Line(Optional.of("a"), OptionalInt.of(2)))).contains("{\"note\":\"a\",\"count\":2}");
        assertThat(write(new Line(Optional.empty(), OptionalInt.empty()))).contains("{\"note\":null,\"count\":null}");
    }

    private String write(Line line) {
        return codec.encode(FromHub.push("e", line, 7, false)).text();
    }

    private @Nullable Object bind(String body) {
        return codec.bind(
                codec.decode("{\"event\":\"e\",\"data\":" + body + "}").payload(), Line.class);
    }
}
