// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = -5 * SECOND;

    @ParameterizedTest
    @CsvSource({"1, 1", "50, 100", "3, 3", "7, 700", "11, 1000", "1000000, 5", "333, 333", "60, 6000"})
    void after_a_pause_exactly_the_burst_is_let_through(int perSecond, int burst) {
        Rate rate = new Rate(perSecond, burst);
        long fullAt = NOW;

        for (int taken = 0; taken < burst; taken++) {
            fullAt = rate.take(fullAt, 1, NOW);
            assertThat(fullAt).as("unit %d of %d", taken + 1, burst).isNotEqualTo(Rate.REFUSED);
        }

        assertThat(rate.take(fullAt, 1, NOW)).isEqualTo(Rate.REFUSED);
    }

    @Test
    void one_more_is_let_through_when_its_time_has_come_and_not_a_nanosecond_before() {
        Rate rate = new Rate(50, 100);
        long fullAt = drained(rate, 100);
        long unit = SECOND / 50;

        assertThat(rate.take(fullAt, 1, NOW + unit - 1)).isEqualTo(Rate.REFUSED);
        long after = rate.take(fullAt, 1, NOW + unit);
        assertThat(after).isNotEqualTo(Rate.REFUSED);
        assertThat(rate.take(after, 1, NOW + unit)).isEqualTo(Rate.REFUSED);
    }

    @Test
    void a_long_pause_gives_no_more_than_the_burst() {
        Rate rate = new Rate(50, 100);
        long fullAt = drained(rate, 100);

        fullAt = rate.take(fullAt, 100, NOW + 3600 * SECOND);

        assertThat(fullAt).isNotEqualTo(Rate.REFUSED);
        assertThat(rate.take(fullAt, 1, NOW + 3600 * SECOND)).isEqualTo(Rate.REFUSED);
    }

    @Test
    void a_refused_attempt_costs_nothing() {
        Rate rate = new Rate(10, 10);
        long fullAt = rate.take(NOW, 8, NOW);

        assertThat(rate.take(fullAt, 3, NOW)).isEqualTo(Rate.REFUSED);
        assertThat(rate.take(fullAt, 2, NOW)).isNotEqualTo(Rate.REFUSED);
    }

    @Test
    void in_the_long_run_it_lets_through_what_it_says() {
        Rate rate = new Rate(50, 100);
        long fullAt = NOW;
        int taken = 0;

        for (long at = NOW; at < NOW + 60 * SECOND; at += SECOND / 997) {
            long after = rate.take(fullAt, 1, at);
            if (after != Rate.REFUSED) {
                fullAt = after;
                taken++;
            }
        }

        assertThat(taken).isBetween(100 + 60 * 50 - 1, 100 + 60 * 50);
    }

    @Test
    void a_rate_without_a_limit_refuses_nothing() {
        Rate rate = new Rate(Integer.MAX_VALUE, Integer.MAX_VALUE);
        long fullAt = NOW;

        for (int i = 0; i < 100_000; i++) {
            fullAt = rate.take(fullAt, 65_536, NOW + i);
            assertThat(fullAt).isNotEqualTo(Rate.REFUSED);
        }
    }

    private static long drained(Rate rate, int units) {
        long fullAt = rate.take(NOW, units, NOW);
        assertThat(fullAt).isNotEqualTo(Rate.REFUSED);
        return fullAt;
    }
}
