// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.AttributeKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static final AttributeKey<String> COLOUR = AttributeKey.of("colour", String.class);
    private static final AttributeKey<Integer> AGE = AttributeKey.of("age", Integer.class);

    @Test
    void carries_what_it_was_given_at_the_start() {
        Attributes attributes = new Attributes(Map.of(COLOUR, "red", AGE, 7));

        assertThat(attributes.get(COLOUR)).isEqualTo("red");
        assertThat(attributes.get(AGE)).isEqualTo(7);
    }

    @Test
    void keys_of_one_name_and_different_types_are_different_keys() {
        Attributes attributes = new Attributes(Map.of());
        attributes.set(AttributeKey.of("x", String.class), "text");

        assertThat(attributes.get(AttributeKey.of("x", Integer.class))).isNull();
        assertThat(attributes.get(AttributeKey.of("x", String.class))).isEqualTo("text");
    }

    @Test
    void does_what_a_map_does() {
        Random random = new Random(5);
        Attributes attributes = new Attributes(Map.of());
        Map<AttributeKey<?>, Object> model = new HashMap<>();

        for (int step = 0; step < 5_000; step++) {
            AttributeKey<Integer> key = AttributeKey.of("k" + random.nextInt(8), Integer.class);
            if (random.nextBoolean()) {
                attributes.set(key, step);
                model.put(key, step);
            } else {
                attributes.remove(key);
                model.remove(key);
            }
            for (int k = 0; k < 8; k++) {
                AttributeKey<Integer> any = AttributeKey.of("k" + k, Integer.class);
                assertThat(attributes.get(any)).isEqualTo(model.get(any));
            }
        }
    }
}
