// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.ConnectionLimits;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Connections that may be open for an hour, and peers that have nothing to say. */
class ConnectionAgeTest {
    private static final Duration AGE = Duration.ofHours(1);
    private static final HeartbeatPolicy PATIENT =
            HeartbeatPolicy.pingEvery(Duration.ofHours(10)).answerWithin(Duration.ofHours(1));

    private final Lobby lobby = Lobby.with(hub ->
            hub.heartbeat(PATIENT).connections(ConnectionLimits.defaults().maxAge(AGE)));

    private ResumingPeer ann() {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
    }

    private void pass(Duration time) {
        lobby.advance(time);
        lobby.settle();
    }

    @Test
    void by_default_there_is_no_end() {
        Lobby patient = Lobby.with(hub -> hub.heartbeat(PATIENT));
        Visitor ann = patient.enter("ann");

        patient.advance(Duration.ofHours(9));

        assertThat(ann.connection().closes()).isEmpty();
    }

    @Test
    void a_session_goes_on_over_the_next_connection() {
        ResumingPeer ann = ann();

        pass(AGE.multipliedBy(89).dividedBy(100));
        assertThat(ann.connection().closes()).isEmpty();
        for (int i = 0; i < 12 && ann.connection().closes().isEmpty(); i++) {
            pass(AGE.dividedBy(100));
        }
        assertThat(ann.connection().closes()).containsExactly(CloseReason.MAX_AGE);
        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
    }

    @Test
    void each_connection_has_an_age_of_its_own() {
        ResumingPeer ann = ann();
        pass(Duration.ofMinutes(50));
        ann.drop().dialAgain().claim();

        pass(Duration.ofMinutes(50));
        assertThat(ann.connection().closes()).isEmpty();
        pass(Duration.ofMinutes(11));
        assertThat(ann.connection().closes()).containsExactly(CloseReason.MAX_AGE);
    }

    @Test
    void a_session_that_is_away_is_left_alone() {
        ResumingPeer ann = ann();
        pass(Duration.ofMinutes(53).plusSeconds(50));
        ann.drop();

        pass(Duration.ofSeconds(100));

        assertThat(lobby.hub().find(ann.id())).isPresent();
    }

    @Test
    void a_classic_client_is_closed_with_1012() {
        Visitor ann = lobby.enter("ann");

        pass(AGE.plusSeconds(1));

        assertThat(ann.connection().closes()).containsExactly(CloseReason.SERVICE_RESTART);
        assertThat(lobby.hub().online().list()).isEmpty();
    }

    @Test
    void those_that_came_together_do_not_go_together() {
        List<Visitor> crowd = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            crowd.add(lobby.enterAnonymously());
        }
        Set<Integer> counts = new HashSet<>();

        for (int minute = 0; minute <= 60; minute++) {
            counts.add((int) crowd.stream()
                    .filter(visitor -> visitor.connection().closes().isEmpty())
                    .count());
            pass(Duration.ofMinutes(1));
        }

        assertThat(counts).hasSizeGreaterThan(4).contains(50);
        assertThat(crowd).allMatch(visitor -> !visitor.connection().closes().isEmpty());
    }
}
