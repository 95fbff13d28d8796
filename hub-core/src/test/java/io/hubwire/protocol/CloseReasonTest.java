// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.protocol.CloseReason.Advice;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonTest {
    @ParameterizedTest
    @CsvSource({
        "1000, STOP",
        "1001, BACK_OFF",
        "1002, STOP",
        "1003, STOP",
        "1005, BACK_OFF",
        "1006, BACK_OFF",
        "1007, STOP",
        "1008, STOP",
        "1009, STOP",
        "1010, STOP",
        "1011, BACK_OFF",
        "1012, BACK_OFF",
        "1013, BACK_OFF",
        "1014, BACK_OFF",
        "3999, STOP",
        "4000, STOP",
        "4099, STOP",
        "4100, BACK_OFF",
        "4199, BACK_OFF",
        "4200, RETURN_NOW",
        "4299, RETURN_NOW",
        "4300, AUTHENTICATE_AGAIN",
        "4399, AUTHENTICATE_AGAIN",
        "4400, BACK_OFF",
        "4499, BACK_OFF",
        "4500, STOP",
        "4999, STOP"
    })
    void the_range_of_the_code_is_the_advice(int code, Advice advice) {
        assertThat(new CloseReason(code, "").advice()).isEqualTo(advice);
    }

    @Test
    void every_code_has_an_advice() {
        for (int code = 1000; code <= 4999; code++) {
            assertThat(new CloseReason(code, "").advice()).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 999, 5000})
    void other_codes_are_refused(int code) {
        assertThatThrownBy(() -> new CloseReason(code, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(code))
                .hasMessageContaining("1000-4999");
    }

    @Test
    void a_text_has_at_most_123_bytes() {
        assertThat(new CloseReason(4400, "x".repeat(123)).text()).hasSize(123);
        assertThat(new CloseReason(4400, "€".repeat(41)).text()).hasSize(41);
        assertThatThrownBy(() -> new CloseReason(4400, "x".repeat(124)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("124");
        assertThatThrownBy(() -> new CloseReason(4400, "€".repeat(42)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("126");
    }

    @Test
    void an_application_has_codes_of_its_own() {
        assertThat(CloseReason.ofApplication(4400, "later").advice()).isEqualTo(Advice.BACK_OFF);
        assertThat(CloseReason.ofApplication(4999, "never").advice()).isEqualTo(Advice.STOP);
        for (int code : new int[] {4399, 1000, 5000}) {
            assertThatThrownBy(() -> CloseReason.ofApplication(code, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(code));
        }
    }

    @Test
    void the_catalogue_has_every_code_once_and_a_text_for_each() {
        List<CloseReason> catalogue = Arrays.stream(CloseReason.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == CloseReason.class)
                .map(CloseReasonTest::valueOf)
                .toList();

        assertThat(catalogue).hasSizeGreaterThan(15);
        assertThat(catalogue).extracting(CloseReason::code).doesNotHaveDuplicates();
        assertThat(catalogue).extracting(CloseReason::text).allMatch(text -> !text.isBlank());
    }

    private static CloseReason valueOf(Field field) {
        try {
            return (CloseReason) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
