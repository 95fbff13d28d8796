// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResumePolicyTest {
    private static final ResumePolicy POLICY = ResumePolicy.defaults();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MILLI = Duration.ofMillis(1);

    private static JsonNode advice(ResumePolicy policy) {
        Lobby lobby = Lobby.with(hub -> hub.resume(policy));
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann")
                .hello()
                .hello(0)
                .get("reconnect");
    }

    @Test
    void clients_are_asked_to_come_back_within_half_a_second_to_20_seconds() {
        assertThat(advice(POLICY)).hasToString("{\"minMs\":500,\"maxMs\":20000}");
    }

    @Test
    void the_application_chooses_when_clients_are_asked_to_come_back() {
        ResumePolicy patient = POLICY.reconnectAfter(Duration.ofSeconds(2), Duration.ofMinutes(1));

        assertThat(advice(patient)).hasToString("{\"minMs\":2000,\"maxMs\":60000}");
    }

    @Test
    void they_are_asked_where_no_session_is_kept_too() {
        ResumePolicy patient = ResumePolicy.disabled().reconnectAfter(MILLI, HOUR);

        assertThat(advice(patient)).hasToString("{\"minMs\":1,\"maxMs\":3600000}");
    }

    @Test
    void other_settings_leave_it_as_it_is() {
        ResumePolicy policy =
                POLICY.reconnectAfter(MILLI, MILLI).within(HOUR).atMost(7, 2048).hubBytes(1 << 20);

        assertThat(policy.leastWait()).isEqualTo(MILLI);
        assertThat(policy.mostWait()).isEqualTo(MILLI);
        assertThat(policy.window()).isEqualTo(HOUR);
        assertThat(policy.messages()).isEqualTo(7);
        assertThat(policy.bytes()).isEqualTo(2048);
        assertThat(policy.hubBytes()).isEqualTo(1 << 20);
        assertThat(policy.isEnabled()).isTrue();
    }

    @Test
    void a_wait_out_of_range_fails_at_the_call() {
        assertThatThrownBy(() -> POLICY.reconnectAfter(Duration.ofNanos(999_999), HOUR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resume.reconnectAfter.least is PT0.000999999S, allowed is 1 ms to 1 hour");
        assertThatThrownBy(() -> POLICY.reconnectAfter(HOUR.plus(MILLI), HOUR))
                .hasMessageStartingWith("resume.reconnectAfter.least is PT1H0.001S");
        assertThatThrownBy(() -> POLICY.reconnectAfter(HOUR, HOUR.minus(MILLI)))
                .hasMessage("resume.reconnectAfter.most is PT59M59.999S, allowed is the least (PT1H) to 1 hour");
        assertThatThrownBy(() -> POLICY.reconnectAfter(MILLI, HOUR.plus(MILLI)))
                .hasMessageStartingWith("resume.reconnectAfter.most is PT1H0.001S");
    }
}
