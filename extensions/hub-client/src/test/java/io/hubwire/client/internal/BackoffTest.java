// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final double ALMOST_ONE = 0.999_999;

    private static List<Long> delays(double chance, int code, int times) {
        Backoff backoff = new Backoff(() -> chance);
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            delays.add(backoff.nextDelayMillis(new CloseReason(code, "")));
        }
        return delays;
    }

    @Test
    void a_lost_connection_waits_up_to_a_limit_that_doubles() {
        assertThat(delays(ALMOST_ONE, 1006, 8))
                .containsExactly(499L, 999L, 1_999L, 3_999L, 7_999L, 15_999L, 19_999L, 19_999L);
        assertThat(delays(0, 1006, 3)).containsOnly(0L);
    }

    @Test
    void a_request_to_back_off_waits_a_second_at_least_and_20_at_most() {
        assertThat(delays(0, 4100, 10)).containsOnly(1_000L);
        assertThat(delays(ALMOST_ONE, 4100, 6)).containsExactly(1_999L, 2_999L, 4_999L, 8_999L, 16_999L, 19_999L);
        assertThat(delays(0, 4400, 2)).containsOnly(1_000L);
        assertThat(delays(ALMOST_ONE, 1013, 2)).containsExactly(1_999L, 2_999L);
    }

    @Test
    void a_request_to_come_back_now_is_obeyed_three_times() {
        assertThat(delays(ALMOST_ONE, 4200, 5)).containsExactly(999L, 999L, 999L, 3_999L, 7_999L);
        assertThat(delays(0.5, 4200, 2)).containsExactly(500L, 500L);
        assertThat(delays(0.5, 4300, 1)).containsExactly(500L);
    }

    @Test
    void a_restart_waits_between_one_and_ten_seconds() {
        assertThat(delays(0, 1012, 1)).containsExactly(1_000L);
        assertThat(delays(ALMOST_ONE, 1012, 1)).containsExactly(9_999L);
    }

    @Test
    void keeps_to_what_the_hub_advises_but_not_to_nonsense() {
        Backoff backoff = new Backoff(() -> ALMOST_ONE);

        backoff.advise(100, 300);
        backoff.advise(0, 10);
        backoff.advise(500, 400);

        CloseReason lost = new CloseReason(1006, "");
        assertThat(backoff.nextDelayMillis(lost)).isEqualTo(99);
        assertThat(backoff.nextDelayMillis(lost)).isEqualTo(199);
        assertThat(backoff.nextDelayMillis(lost)).isEqualTo(299);
        backoff.reset();
        assertThat(backoff.nextDelayMillis(lost)).isEqualTo(99);
    }

    @Test
    void does_not_overflow() {
        assertThat(delays(ALMOST_ONE, 1006, 200)).last().isEqualTo(19_999L);
    }
}
