// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupPatternTest {
    /** Whatever else the machine does meanwhile. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({
        "room-1,        room-1,     true",
        "room-1,        room-2,     false",
        "room-1,        room-11,    false",
        "room-1,        aroom-1,    false",
        "*,             anything,   true",
        "room-*,        room-1,     true",
        "room-*,        room-,      true",
        "room-*,        room,       false",
        "*-room,        my-room,    true",
        "*-room,        my-rooms,   false",
        "lot-{id},      lot-7,      true",
        "lot-{id},      lot-,       false",
        "lot-{id}/bids, lot-7/bids, true",
        "lot-{id}/bids, lot-7/asks, false",
        "a.b,           a.b,        true",
        "a.b,           axb,        false",
        "{x}{y},        ab,         true",
        "{x}{y},        a,          false",
        "a*b*c,         abc,        true",
        "a*b*c,         aXbXbXc,    true",
        "a*b*c,         aXcXb,      false",
        "aa*aa,         aaa,        false",
        "aa*aa,         aaaa,       true"
    })
    void matches(String pattern, String group, boolean expected) {
        assertThat(GroupPattern.of(pattern).matches(group)).isEqualTo(expected);
        assertThat(GroupPattern.of(pattern).variables(group).isPresent()).isEqualTo(expected);
    }

    @Test
    void gives_names_to_what_variables_stand_for() {
        GroupPattern pattern = GroupPattern.of("shop-{shop}/lot-{lot}");

        assertThat(pattern.variables("shop-a/lot-7").orElseThrow())
                .containsExactly(Map.entry("shop", "a"), Map.entry("lot", "7"));
        assertThat(pattern.variables("shop-a")).isEmpty();
        assertThat(GroupPattern.of("room-*").variables("room-1")).contains(Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "room 1", "room-{", "room-}", "room-{1a}", "room-{}", "room-(a|b)", "été", "a\nb", "[a]"})
    void refuses_what_no_name_of_a_group_can_have(String pattern) {
        assertThatThrownBy(() -> GroupPattern.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_refusal_names_the_pattern_and_the_place() {
        assertThatThrownBy(() -> GroupPattern.of("room 1"))
                .hasMessageContaining("'room 1'")
                .hasMessageContaining("[A-Za-z0-9._/:-]");
    }

    @RepeatedTest(20)
    void does_what_a_regular_expression_does(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 500; i++) {
            String pattern = random(random, List.of("a", "b", "ab", "*", "{x}", "{y}"), 1 + random.nextInt(5));
            String group = random(random, List.of("a", "b"), random.nextInt(7));
            Pattern regex = Pattern.compile(pattern.replace("*", ".*").replaceAll("\\{.\\}", ".+"));

            assertThat(GroupPattern.of(pattern).matches(group))
                    .as("%s on %s", pattern, group)
                    .isEqualTo(regex.matcher(group).matches());
        }
    }

    private static String random(Random random, List<String> parts, int count) {
        return Stream.generate(() -> parts.get(random.nextInt(parts.size())))
                .limit(count)
                .collect(Collectors.joining());
    }

    @Test
    void each_wildcard_takes_as_little_as_it_can() {
        assertThat(GroupPattern.of("{a}-{b}").variables("x-y-z").orElseThrow())
                .containsExactly(Map.entry("a", "x"), Map.entry("b", "y-z"));
        assertThat(GroupPattern.of("*-{b}").variables("x-y-z").orElseThrow()).containsExactly(Map.entry("b", "y-z"));
    }

    @Test
    @Timeout(5)
    void a_long_name_costs_no_more_than_it_should_whatever_the_pattern() {
        GroupPattern pattern = GroupPattern.of("{a}-{b}-{c}-{d}-{e}-{f}-{g}-{h}x");
        String hostile = "-".repeat(128);
        long start = CPU.getCurrentThreadCpuTime();

        for (int i = 0; i < 100; i++) {
            assertThat(pattern.matches(hostile)).isFalse();
        }

        assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void says_what_it_is() {
        assertThat(GroupPattern.of("lot-{id}")).hasToString("lot-{id}");
    }
}
