// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.HubBuilder;
import io.hubwire.Route;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message may arrive before the hub's executor has come to {@code onConnect}. */
class OutOfBandEventsTest {
    private static final String CHEAP = "{\"event\":\"cheap\"}";

    private final List<String> told = new ArrayList<>();

    private HubBuilder cheap(HubBuilder hub) {
        return hub.on("cheap", client -> told.add("cheap"), Route::outOfBand);
    }

    @Test
    void are_not_handled_for_a_client_that_onConnect_refuses() {
        Lobby lobby = Lobby.with(hub -> cheap(hub).onConnect(client -> {
            told.add("connect");
            throw ErrorCode.FORBIDDEN.exception();
        }));
        Visitor ann = lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());

        ann.handler().onText(CHEAP, true);
        lobby.settle();

        assertThat(told).containsExactly("connect");
    }

    @Test
    void that_come_before_onConnect_are_handled_after_it() {
        Lobby lobby = Lobby.with(hub -> cheap(hub).onConnect(client -> told.add("connect")));
        Visitor ann = lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());

        ann.handler().onText(CHEAP, true);
        assertThat(told).isEmpty();
        lobby.settle();

        assertThat(told).containsExactly("connect", "cheap");
    }

    @Test
    void that_come_after_onConnect_are_handled_at_once() {
        Lobby lobby = Lobby.with(this::cheap);
        Visitor ann = lobby.enter("ann");

        ann.handler().onText(CHEAP, true);

        assertThat(told).containsExactly("cheap");
    }
}
