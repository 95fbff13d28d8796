// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who comes back to a session that is over is told why it is. */
class LapsedClaimTest {
    private static final EventType<String> NEWS = EventType.of("news", String.class);
    private static final Duration TOO_LONG = Duration.ofSeconds(121);

    private final Lobby lobby =
            Lobby.with(hub -> hub.resume(ResumePolicy.defaults().hubBytes(1 << 20))
                    .connections(ConnectionLimits.defaults().handshakesPerSecond(10_000, 10_000)));

    private ResumingPeer enter(String userId) {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), userId).hello();
    }

    private static String reason(ResumingPeer peer) {
        int last = peer.hellos() - 1;
        assertThat(peer.hello(last).get("resumed").asBoolean()).isFalse();
        return peer.hello(last).get("reason").asText();
    }

    @Test
    void it_has_expired_however_often_somebody_asks() {
        ResumingPeer ann = enter("ann").drop();
        String session = ann.session();
        lobby.advance(TOO_LONG);

        assertThat(reason(ann.dialAgain().claim(session, 0))).isEqualTo("expired");
        assertThat(reason(ann.dialAgain().claim(session, 0))).isEqualTo("expired");
    }

    @Test
    void it_is_unknown_to_whoever_does_not_know_its_secret() {
        ResumingPeer ann = enter("ann").drop();
        lobby.advance(TOO_LONG);

        assertThat(reason(ann.dialAgain().claim(ann.session() + "x", 0))).isEqualTo("unknown");
        assertThat(reason(ann.dialAgain().claim(ann.id() + ".", 0))).isEqualTo("unknown");
    }

    @Test
    void it_has_expired_also_for_a_client_whose_last_answer_was_lost() {
        ResumingPeer ann = enter("ann").drop();
        String session = ann.session();
        ann.dialAgain().claim().drop();
        lobby.advance(TOO_LONG);

        assertThat(reason(ann.dialAgain().claim(session, 0))).isEqualTo("expired");
    }

    @Test
    void it_was_evicted_when_the_memory_of_the_hub_was_full() {
        ResumingPeer ann = enter("ann").drop();
        ResumingPeer bob = enter("bob");
        for (int i = 0; i < 9; i++) {
            ResumingPeer other = enter("other");
            for (int j = 0; j < 16; j++) {
                lobby.hub().client(other.id()).send(NEWS, "x".repeat(8000));
            }
            lobby.settle();
        }
        lobby.advance(Duration.ofMillis(100));
        bob.drop();

        assertThat(reason(ann.dialAgain().claim())).isEqualTo("evicted");
        assertThat(bob.dialAgain().claim().hello(1).get("resumed").asBoolean()).isTrue();
    }

    @Test
    void it_is_unknown_when_it_was_ended_by_the_application() {
        ResumingPeer ann = enter("ann");
        lobby.hub().find(ann.id()).orElseThrow().kick(CloseReason.KICKED);
        lobby.settle();

        assertThat(reason(ann.dialAgain().claim())).isEqualTo("unknown");
    }

    @Test
    void of_many_thousands_the_last_are_remembered() {
        ResumingPeer first = enter("first").drop();
        ResumingPeer last = first;
        for (int i = 0; i < 4096; i++) {
            last = enter("u" + i).drop();
        }
        lobby.advance(TOO_LONG);

        assertThat(reason(first.dialAgain().claim())).isEqualTo("unknown");
        assertThat(reason(last.dialAgain().claim())).isEqualTo("expired");
    }
}
