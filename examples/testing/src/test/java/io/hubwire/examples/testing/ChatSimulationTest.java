// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.examples.testing.Chat.SAY;
import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.examples.testing.Chat.Say;
import io.hubwire.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatSimulationTest {
    // region simulation
    @Test
    void nothing_is_doubled_or_reordered_and_nobody_is_left_behind() {
        Simulation.of(new Chat(Map.of()))
                .clients(4)
                .steps(60)
                .seeds(50)
                .onStart(player -> player.join("room-1"))
                .action("say", 5, (player, number) -> player.send(SAY, new Say("room-1", "text " + number)))
                .invariant("nobody is left behind", hub -> assertThat(hub).hasClients(4))
                .sometimes("drop with frames in the socket buffer")
                .sometimes("a stalled client reads again")
                .run();
    }
    // endregion

    // region resuming
    @Test
    void nothing_is_lost_either_where_clients_resume() {
        Simulation.of(new Chat(Map.of()))
                .seeds(50)
                .connecting((client, number) -> client.user("user-" + number).resuming())
                .lingering(Duration.ofMinutes(3)) // sessions without a connection are kept for 2 minutes
                .onStart(player -> player.join("room-1"))
                .action("say", 5, (player, number) -> player.send(SAY, new Say("room-1", "text " + number)))
                .sometimes("a session is resumed")
                .run();
    }
    // endregion
}
