// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.simulation;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class LibrarySimulationTest {
    private static final int SEEDS = 500;

    @Test
    void the_hub_keeps_its_promises_whatever_clients_do() {
        assertThatCode(() -> LibrarySimulation.simulation()
                        .seeds(SEEDS)
                        .sometimes("drop with frames in the socket buffer")
                        .sometimes("a stalled client reads again")
                        .sometimes("a client is back before the hub has noticed that it was gone")
                        .sometimes("a session is resumed")
                        .sometimes("a session is claimed again before the first claim is answered")
                        .sometimes("a session is claimed from behind what is kept")
                        .sometimes("an outbox has dropped a message")
                        .sometimes("a silent client was given up")
                        .sometimes("a slow client was cut")
                        .sometimes("a client was kicked while messages waited for it")
                        .run())
                .doesNotThrowAnyException();
    }
}
