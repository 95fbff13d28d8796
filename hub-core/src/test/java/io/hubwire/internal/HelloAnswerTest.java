// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.Admission;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.spi.Handshake;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client is told what its newest admission says. */
class HelloAnswerTest {
    private Admission admission = Admission.asUser("ann").name("Ann");
    private final Lobby lobby = Lobby.with(hub -> hub.authenticator(this::admit));
    private final ResumingPeer ann = ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann");

    private Admission admit(Handshake handshake) {
        return admission;
    }

    private JsonNode toldLast(String field) {
        return ann.hello(ann.hellos() - 1).get(field);
    }

    @Test
    void a_user_whose_name_has_changed_is_told_the_new_one_when_the_session_goes_on() {
        ann.hello();
        assertThat(toldLast("user").get("name").asText()).isEqualTo("Ann");
        admission = Admission.asUser("ann").name("Anna");

        ann.drop().dialAgain().claim();

        assertThat(toldLast("resumed").asBoolean()).isTrue();
        assertThat(toldLast("user").get("name").asText()).isEqualTo("Anna");
    }

    @Test
    void a_client_with_a_heartbeat_of_its_own_is_told_that() {
        admission = admission.heartbeat(
                HeartbeatPolicy.pingEvery(Duration.ofSeconds(50)).answerWithin(Duration.ofSeconds(5)));
        ann.hello();
        assertThat(toldLast("heartbeat")).hasToString("{\"intervalMs\":50000,\"timeoutMs\":5000}");

        admission = Admission.asUser("ann");
        ann.drop().dialAgain().claim();

        assertThat(toldLast("heartbeat")).hasToString("{\"intervalMs\":25000,\"timeoutMs\":10000}");
    }
}
