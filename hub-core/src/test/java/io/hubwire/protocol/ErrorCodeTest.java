// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    @Test
    void the_codes_of_the_protocol_are_in_their_ranges() {
        assertThat(ErrorCode.MALFORMED).hasToString("1000 malformed message");
        assertThat(ErrorCode.INVALID_ENVELOPE.number()).isEqualTo(1001);
        assertThat(ErrorCode.INVALID_PAYLOAD.number()).isEqualTo(1002);
        assertThat(ErrorCode.UNAUTHENTICATED.number()).isEqualTo(1101);
        assertThat(ErrorCode.FORBIDDEN.number()).isEqualTo(1103);
        assertThat(ErrorCode.RATE_LIMITED.number()).isEqualTo(1200);
        assertThat(ErrorCode.BUSY.number()).isEqualTo(1201);
        assertThat(ErrorCode.TOO_MANY_GROUPS.number()).isEqualTo(1202);
        assertThat(ErrorCode.UNKNOWN_EVENT.number()).isEqualTo(1300);
        assertThat(ErrorCode.HANDLER_FAILED.number()).isEqualTo(1400);
        assertThat(ErrorCode.HANDLER_TIMEOUT.number()).isEqualTo(1401);
        assertThat(ErrorCode.SHUTTING_DOWN.number()).isEqualTo(1402);
    }

    @Test
    void an_application_begins_at_ten_thousand() {
        assertThat(ErrorCode.of(10_000, "x").number()).isEqualTo(10_000);
        assertThatThrownBy(() -> ErrorCode.of(9_999, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9999")
                .hasMessageContaining("10000");
        assertThatThrownBy(() -> ErrorCode.of(10_000, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank");
    }

    @Test
    void is_equal_by_number() {
        assertThat(ErrorCode.of(10_001, "a"))
                .isEqualTo(ErrorCode.of(10_001, "b"))
                .hasSameHashCodeAs(ErrorCode.of(10_001, "b"))
                .isNotEqualTo(ErrorCode.of(10_002, "a"));
    }

    @Test
    void makes_exceptions_with_and_without_data_and_without_a_stack() {
        ErrorCode code = ErrorCode.of(10_001, "bid too low");

        assertThat(code.exception().data()).isEmpty();
        assertThat(code.exception("data").data()).contains("data");
        assertThat(code.exception().code()).isEqualTo(code);
        assertThat(code.exception().getStackTrace()).isEmpty();
        assertThat(code.exception()).hasMessage("10001 bid too low");
    }
}
