// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptLimitTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final AttemptLimit limit = new AttemptLimit(3, Duration.ofSeconds(10), () -> now);

    @Test
    void three_are_allowed_at_once_then_one_each_ten_seconds() {
        assertThat(allowed("a", 5)).isEqualTo(3);
        now = now.plusSeconds(10);
        assertThat(allowed("a", 5)).isEqualTo(1);
        now = now.plusSeconds(25);
        assertThat(allowed("a", 5)).isEqualTo(2);
        now = now.plusSeconds(1000);
        assertThat(allowed("a", 5)).isEqualTo(3);
    }

    @Test
    void who_is_refused_is_told_how_long_to_wait_and_is_not_punished_for_asking() {
        allowed("a", 3);
        now = now.plusMillis(2_500);

        assertThat(limit.attempt("a")).isEqualTo(Duration.ofMillis(7_500));
        assertThat(limit.attempt("a")).isEqualTo(Duration.ofMillis(7_500));
        now = now.plusMillis(7_499);
        assertThat(limit.attempt("a")).isEqualTo(Duration.ofMillis(1));
        now = now.plusMillis(1);
        assertThat(limit.attempt("a")).isZero();
    }

    @Test
    void keys_do_not_disturb_each_other() {
        allowed("a", 3);

        assertThat(allowed("b", 3)).isEqualTo(3);
    }

    @Test
    void what_is_forgiven_may_be_tried_again_but_nothing_is_saved_up() {
        allowed("a", 3);
        limit.forgive("a");
        assertThat(allowed("a", 3)).isEqualTo(1);

        limit.attempt("b");
        for (int i = 0; i < 10; i++) {
            limit.forgive("b");
        }
        assertThat(allowed("b", 10)).isEqualTo(3);
    }

    @Test
    void a_clock_that_is_set_back_locks_nobody_out() {
        allowed("a", 3);
        now = now.minus(Duration.ofDays(1));

        assertThat(limit.attempt("a")).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void only_the_keys_tried_last_are_remembered() {
        allowed("first", 3);
        for (int i = 1; i < AttemptLimit.MAX_KEYS; i++) {
            limit.attempt("key " + i);
        }
        assertThat(limit.attempt("first")).isPositive();
        limit.attempt("one more");

        assertThat(limit.size()).isEqualTo(AttemptLimit.MAX_KEYS);
        assertThat(limit.attempt("first")).isPositive();
        assertThat(allowed("key 1", 3)).isEqualTo(3);
    }

    @Test
    void keys_that_begin_alike_for_64_characters_are_one() {
        String start = "x".repeat(AttemptLimit.MAX_KEY_LENGTH);
        allowed(start + "a", 3);

        assertThat(limit.attempt(start + "b")).isPositive();
        assertThat(limit.attempt(start.substring(1))).isZero();
    }

    private int allowed(String key, int attempts) {
        int allowed = 0;
        for (int i = 0; i < attempts; i++) {
            allowed += limit.attempt(key).isZero() ? 1 : 0;
        }
        return allowed;
    }
}
