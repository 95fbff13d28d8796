// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.examples.testing.Chat.SAID;
import static io.hubwire.examples.testing.Chat.SAY;

import io.hubwire.examples.testing.Chat.Said;
import io.hubwire.examples.testing.Chat.Say;
import io.hubwire.testkit.Mode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

// region smoke
@HubTest(mode = Mode.REAL)
class ChatSmokeTest {
    @HubSetup
    final Chat chat = new Chat(Map.of());

    @Test
    void a_message_makes_its_way(@As("ann") TestClient ann, @As("bob") TestClient bob) {
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();

        ann.send(SAY, new Say("room-1", "hi"));

        bob.expectPush(SAID).hasData(new Said("ann", "hi")); // waits for it, at most 5 s
    }
}
// endregion
