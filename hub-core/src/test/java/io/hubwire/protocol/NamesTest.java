// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final String ALLOWED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/:-";

    @Test
    void has_exactly_the_characters_of_the_protocol() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            boolean isAllowed = ALLOWED.indexOf(c) >= 0;
            assertThat(Names.isValid(String.valueOf((char) c)))
                    .as("character %d", c)
                    .isEqualTo(isAllowed);
        }
    }

    @Test
    void has_1_to_128_characters() {
        assertThat(Names.isValid("")).isFalse();
        assertThat(Names.isValid("a")).isTrue();
        assertThat(Names.isValid("a".repeat(128))).isTrue();
        assertThat(Names.isValid("a".repeat(129))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub/ping", "hub/", "hub/x/y"})
    void some_events_belong_to_the_protocol_but_groups_of_that_name_do_not(String name) {
        assertThat(Names.isReserved(name)).isTrue();
        assertThat(Names.requireGroup(name)).isEqualTo(name);
        assertThatThrownBy(() -> Names.requireEvent(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'")
                .hasMessageContaining("reserved");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub", "hubs/x", "my/hub/x", "Hub/x"})
    void others_do_not(String name) {
        assertThat(Names.isReserved(name)).isFalse();
        assertThat(Names.requireEvent(name)).isEqualTo(name);
    }

    @Test
    void a_refusal_names_the_kind_the_name_and_the_rule() {
        assertThatThrownBy(() -> Names.requireGroup("a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("group name 'a b' is not 1-128 characters of [A-Za-z0-9._/:-]");
        assertThatThrownBy(() -> Names.requireEvent("")).hasMessageStartingWith("event name ''");
    }
}
