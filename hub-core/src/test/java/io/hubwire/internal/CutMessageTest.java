// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import org.junit.jupiter.api.Test;

/** A message of which only the beginning came before the connection was lost. */
class CutMessageTest {
    private final Lobby lobby = Lobby.with(hub -> hub.onRequest("echo", Integer.class, (client, number) -> number));
    private final ResumingPeer ann =
            ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();

    private void beginMessage() {
        ann.handler().onText("{\"event\":\"ec", false);
    }

    private void echo(int number) {
        ann.send("{\"event\":\"echo\",\"data\":" + number + "}");
    }

    @Test
    void is_forgotten_when_the_session_goes_on() {
        beginMessage();
        ann.drop().dialAgain().claim();

        echo(7);

        assertThat(ann.received()).containsExactly("7");
    }

    @Test
    void is_forgotten_when_another_connection_takes_over() {
        beginMessage();
        var old = ann.handler();
        ann.dialAgain().claim();

        old.onText("ho\",\"data\":1}", true);
        echo(7);

        assertThat(ann.received()).containsExactly("7");
    }
}
