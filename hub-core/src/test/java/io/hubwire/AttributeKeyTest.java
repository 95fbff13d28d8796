// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AttributeKeyTest {
    @Test
    void is_equal_by_name_and_type() {
        assertThat(AttributeKey.of("a", String.class))
                .isEqualTo(AttributeKey.of("a", String.class))
                .isNotEqualTo(AttributeKey.of("b", String.class))
                .isNotEqualTo(AttributeKey.of("a", Object.class))
                .hasToString("a");
    }

    @Test
    void needs_a_name_and_a_type_of_objects() {
        assertThatThrownBy(() -> AttributeKey.of(" ", String.class)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AttributeKey.of("age", int.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'age'")
                .hasMessageContaining("int");
    }
}
