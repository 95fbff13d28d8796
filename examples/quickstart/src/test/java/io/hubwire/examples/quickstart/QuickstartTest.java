// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.quickstart;

import io.hubwire.examples.quickstart.Quickstart.Said;
import io.hubwire.examples.quickstart.Quickstart.Say;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How an application tests its handlers: the production wiring, clients in memory, no socket and no sleep. */
// region test
@HubTest
class QuickstartTest {
    @HubSetup
    final Quickstart app = new Quickstart();

    @Test
    void what_is_said_reaches_the_room_once(@As("ann") TestClient ann, @As("bob") TestClient bob) {
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();

        ann.send(Quickstart.SAY, new Say("room-1", "hello"));

        bob.expectPush(Quickstart.SAID).hasData(new Said(ann.id(), "hello"));
        bob.expectNoPush();
    }
    // endregion

    @Test
    void only_members_may_say_something(@As("ann") TestClient ann) {
        ann.request(Quickstart.SAY, new Say("room-1", "hello")).failedWith(ErrorCode.FORBIDDEN);
        ann.join("office-1").failedWith(ErrorCode.FORBIDDEN);
    }

    @Test
    void nothing_is_not_said(@As("ann") TestClient ann) {
        ann.join("room-1").isOk();

        ann.request(Quickstart.SAY, new Say("room-1", " ")).failedWith(ErrorCode.INVALID_PAYLOAD);
        ann.request("chat/say", Map.of("room", "room-1")).failedWith(ErrorCode.INVALID_PAYLOAD);
        ann.request("chat/say", Map.of("text", "hello")).failedWith(ErrorCode.INVALID_PAYLOAD);
    }
}
