// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.ResumingPeer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that was told of a gap, and comes back from somewhere around it. */
class GapAfterResumeTest {
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);

    private final Lobby lobby =
            Lobby.with(hub -> hub.outbox(OutboxPolicy.atMost(2, 4096).onOverflow(Overflow.DROP_OLDEST)));
    private final ResumingPeer ann =
            ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();

    /** 1 is written, 2 to 6 are dropped, 7 and 8 are written. */
    @BeforeEach
    void tell_of_a_gap() {
        RecordingConnection connection = ann.connection();
        connection.duringNextSend(() -> {
            for (int i = 2; i <= 8; i++) {
                lobby.hub().user("ann").send(NEWS, i);
            }
        });
        lobby.hub().user("ann").send(NEWS, 1);
        lobby.settle();
        ann.read();
        assertThat(ann.gaps()).containsExactly("2-6");
        assertThat(ann.received()).containsExactly("1", "7", "8");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5})
    void from_before_its_end_it_is_told_again(long seq) {
        ann.drop().dialAgain().claim(ann.session(), seq);

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.gaps()).containsExactly("2-6", "2-6");
        assertThat(ann.received()).containsExactly("1", "7", "8", "7", "8");
    }

    @Test
    void from_its_end_it_is_over() {
        ann.drop().dialAgain().claim(ann.session(), 6);

        assertThat(ann.gaps()).containsExactly("2-6");
        assertThat(ann.received()).containsExactly("1", "7", "8", "7", "8");
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 4})
    void an_acknowledgement_within_it_does_not_forget_it(long seq) {
        ann.send("{\"event\":\"hub/ack\",\"data\":{\"seq\":" + seq + "}}");

        ann.drop().dialAgain().claim(ann.session(), seq);

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.gaps()).containsExactly("2-6", "2-6");
    }
}
