// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.quickstart;

import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.examples.quickstart.Quickstart.Said;
import io.hubwire.examples.quickstart.Quickstart.Say;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an application tests its handlers: the production wiring, clients in memory, no socket and no sleep. */
class QuickstartTest {
    // region test
    private final TestHub hub = TestHub.of(new Quickstart());

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void what_is_said_reaches_the_members_of_the_room() {
        TestClient ann = hub.connect("ann");
        TestClient bob = hub.connect("bob");
        TestClient outside = hub.connect("eve");
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();

        ann.request(Quickstart.SAY, new Say("room-1", "hello")).isOk();

        Said said = new Said(ann.id(), "hello");
        assertThat(ann).received(Quickstart.SAID).containsExactly(said);
        assertThat(bob).received(Quickstart.SAID).containsExactly(said);
        assertThat(outside).receivedNothing();
    }
    // endregion

    @Test
    void only_members_may_say_something() {
        TestClient ann = hub.connect("ann");

        ann.request(Quickstart.SAY, new Say("room-1", "hello")).failedWith(ErrorCode.FORBIDDEN);
        ann.join("office-1").failedWith(ErrorCode.FORBIDDEN);
    }

    @Test
    void nothing_is_not_said() {
        TestClient ann = hub.connect("ann");
        ann.join("room-1").isOk();

        ann.request(Quickstart.SAY, new Say("room-1", " ")).failedWith(ErrorCode.INVALID_PAYLOAD);
        ann.request("chat/say", Map.of("room", "room-1")).failedWith(ErrorCode.INVALID_PAYLOAD);
        ann.request("chat/say", Map.of("text", "hello")).failedWith(ErrorCode.INVALID_PAYLOAD);
    }
}
