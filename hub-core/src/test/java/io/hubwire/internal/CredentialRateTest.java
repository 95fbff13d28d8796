// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often a client may bring a credential. */
class CredentialRateTest {
    private static final int MANY = 30;

    private final Lobby lobby =
            Lobby.with(hub -> hub.limits(InboundLimits.defaults().eventsPerSecond(5, MANY)));
    private final ResumingPeer ann =
            ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();

    private void bring(int count) {
        for (int i = 0; i < count; i++) {
            ann.send("{\"event\":\"hub/auth\",\"data\":{\"token\":\"ann\"},\"id\":\"a-1\"}");
        }
    }

    private long answered(int code) {
        List<String> sent = ann.connection().sent();
        return sent.stream()
                .filter(frame -> frame.contains("hub/auth") && frame.contains("\"code\":" + code + ","))
                .count();
    }

    @Test
    void ten_a_minute_are_judged() {
        bring(12);

        assertThat(answered(0)).isEqualTo(10);
        assertThat(answered(1200)).isEqualTo(2);
        assertThat(ann.connection().closes()).isEmpty();
    }

    @Test
    void one_more_is_judged_after_six_seconds() {
        bring(11);
        lobby.advance(Duration.ofSeconds(6));
        bring(2);

        assertThat(answered(0)).isEqualTo(11);
    }

    @Test
    void another_connection_of_the_session_begins_with_what_is_left() {
        bring(10);
        ann.drop().dialAgain().claim();
        bring(1);

        assertThat(answered(0)).isZero();
        assertThat(answered(1200)).isOne();
    }

    @Test
    void a_client_that_goes_on_and_on_is_closed_with_4101() {
        bring(10 + MANY + 1);

        assertThat(ann.connection().closes()).containsExactly(CloseReason.RATE_LIMITED);
    }

    @Test
    void they_do_not_count_as_events() {
        bring(40);

        ann.send("{\"event\":\"no/such\",\"id\":\"c-1\"}");

        assertThat(ann.received()).hasSize(1);
        assertThat(ann.connection().sent().get(ann.connection().sent().size() - 1))
                .contains("1300");
    }
}
