// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.spi.HandshakeResult.Refused;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeResultTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 599})
    void a_refusal_is_an_error_of_http(int status) {
        assertThat(new Refused(status, Optional.empty(), "no").status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 200, 399, 600})
    void a_refusal_is_nothing_else(int status) {
        assertThatThrownBy(() -> new Refused(status, Optional.empty(), "no"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(status));
    }
}
