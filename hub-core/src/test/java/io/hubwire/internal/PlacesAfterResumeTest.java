// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.ConnectionLimits;
import io.hubwire.LoginPolicy;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The places of a user whose sessions lose their connections and get others. */
class PlacesAfterResumeTest {
    private static final int PLACES = 2;

    private static Lobby lobby(LoginPolicy policy) {
        return Lobby.with(
                hub -> hub.login(policy).connections(ConnectionLimits.defaults().perUser(PLACES)));
    }

    private static ResumingPeer enter(Lobby lobby) {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
    }

    @ParameterizedTest
    @EnumSource(LoginPolicy.class)
    void however_often_a_session_is_resumed_it_takes_one(LoginPolicy policy) {
        Lobby lobby = lobby(policy);
        ResumingPeer ann = enter(lobby);

        for (int i = 1; i <= 5; i++) {
            ann.drop().dialAgain().claim();
            ann.dialAgain().claim();
            assertThat(ann.hello(2 * i).get("resumed").asBoolean()).isTrue();
        }

        ResumingPeer other = enter(lobby);
        boolean mayEnter = policy != LoginPolicy.FIRST_ONLY;
        assertThat(other.hellos()).isEqualTo(mayEnter ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(LoginPolicy.class)
    void none_is_left_taken(LoginPolicy policy) {
        Lobby lobby = lobby(policy);
        for (int i = 0; i < PLACES + 1; i++) {
            ResumingPeer ann = enter(lobby);
            ann.drop().dialAgain().claim();
            assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
            ann.drop();
            lobby.advance(Duration.ofMinutes(3));
        }

        assertThat(enter(lobby).hellos()).isOne();
    }

    @Test
    void a_session_that_is_away_needs_its_place_back() {
        Lobby lobby = lobby(LoginPolicy.FIRST_ONLY);
        ResumingPeer ann = enter(lobby).drop();
        ResumingPeer other = enter(lobby);
        assertThat(other.hellos()).isOne();

        ann.dialAgain().claim();

        assertThat(ann.connection().closes()).containsExactly(CloseReason.CONNECTION_LIMIT);
        other.handler().onClosed(CloseReason.NORMAL);
        lobby.settle();
        assertThat(ann.dialAgain().claim().hello(1).get("resumed").asBoolean()).isTrue();
    }
}
