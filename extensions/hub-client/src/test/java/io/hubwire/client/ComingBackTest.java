// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a client connects again. Chance is one half. */
class ComingBackTest {
    private final PlayedHub hub = PlayedHub.connected();

    private List<Long> waits() {
        return hub.states.stream()
                .filter(change -> change.state() == ConnectionState.WAITING)
                .map(change -> change.retryIn().toMillis())
                .toList();
    }

    @Test
    void waits_longer_with_each_failure_up_to_20_seconds() {
        hub.sockets.down(true);

        hub.close(1006);
        hub.advance(Duration.ofMinutes(2));

        assertThat(waits()).startsWith(250L, 500L, 1_000L, 2_000L, 4_000L, 8_000L, 10_000L, 10_000L);
    }

    @Test
    void a_connection_that_lasted_five_seconds_is_no_failure() {
        for (int i = 0; i < 3; i++) {
            hub.close(1006);
            hub.resume();
        }
        hub.advance(Duration.ofSeconds(5));

        hub.close(1006);

        assertThat(waits()).containsExactly(250L, 500L, 1_000L, 250L);
    }

    @Test
    void a_connection_that_brought_something_before_it_was_cut_is_no_failure() {
        for (int i = 1; i <= 4; i++) {
            hub.push(i, "note", "1");
            hub.close(1006);
            hub.resume();
        }

        assertThat(waits()).containsExactly(250L, 250L, 250L, 250L);
    }

    @Test
    void a_hub_that_says_something_and_asks_to_wait_is_given_more_time_each_time() {
        for (int i = 1; i <= 4; i++) {
            hub.push(i, "note", "1");
            hub.close(4100);
            hub.resume();
        }

        assertThat(waits()).containsExactly(1_500L, 2_000L, 3_000L, 5_000L);
    }

    @Test
    void a_hub_that_asks_to_come_back_now_is_obeyed_three_times_in_a_row() {
        for (int i = 0; i < 5; i++) {
            hub.close(4200);
            hub.resume();
        }

        assertThat(waits()).containsExactly(500L, 500L, 500L, 2_000L, 4_000L);
    }

    @Test
    void a_drain_says_when_to_come_back_from_the_moment_of_its_message() {
        hub.say("{\"event\":\"hub/drain\",\"data\":{\"reconnectInMs\":7342},\"code\":0,\"timestamp\":1}");
        hub.advance(Duration.ofMillis(2_000));

        hub.close(4202);

        assertThat(waits()).containsExactly(5_342L);
    }

    @Test
    void a_drain_is_also_obeyed_when_the_network_ends_the_connection() {
        hub.say("{\"event\":\"hub/drain\",\"data\":{\"reconnectInMs\":7342},\"code\":0,\"timestamp\":1}");

        hub.close(1006);

        assertThat(waits()).containsExactly(7_342L);
    }

    @Test
    void a_drain_that_takes_longer_than_it_said_is_a_request_to_come_back_now() {
        hub.say("{\"event\":\"hub/drain\",\"data\":{\"reconnectInMs\":2000},\"code\":0,\"timestamp\":1}");
        hub.advance(Duration.ofMillis(3_000));

        hub.close(4202);

        assertThat(waits()).containsExactly(500L);
    }

    @Test
    void after_a_drain_the_code_that_closes_it_says_nothing_else() {
        hub.say("{\"event\":\"hub/drain\",\"data\":{\"reconnectInMs\":2000},\"code\":0,\"timestamp\":1}");
        hub.advance(Duration.ofMillis(3_000));

        hub.close(1012);

        assertThat(waits()).containsExactly(500L);
    }

    @Test
    void a_restart_is_given_some_seconds() {
        hub.close(1012);

        assertThat(waits()).containsExactly(5_500L);
    }
}
