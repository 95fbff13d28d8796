// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.examples.testing.Chat.SAID;
import static io.hubwire.examples.testing.Chat.SAY;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.examples.testing.Chat.Say;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HubTest
class FailureTest {
    @HubSetup
    final Chat chat = new Chat(Map.of());

    // region failure
    @Test
    void a_failure_tells_what_happened(@As("ann") TestClient ann, @As("bob") TestClient bob) {
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();
        bob.send(SAY, new Say("room-1", "hi"));

        assertThatThrownBy(() -> ann.expectPush(SAID)).hasMessage("""
                expected the next push to ann to be 'chat/said'
                 but it is 'presence/joined' {"who":"bob"}
                 hint: a 'chat/said' is unread 1 push further on; use skipTo(..) if the order does not matter
                 the hub is quiet at +0.000s; next timers 'open deadline' at +10.000s, 'send deadline' at +10.000s, \
                'heartbeat' at +25.000s (+1 more)

                Transcript of ann (-> sent, <- received, -- lifecycle, ## hub, !! handler failed; \
                virtual time from 2030-01-01T00:00:00Z):
                    +0.000s  -- connected
                    +0.000s  -> join {"id":"room-1"}  id=1
                    +0.000s  <- join ["room-1"]  id=1   (read)
                    +0.000s  <- presence/joined {"who":"bob"}   <== next unread
                    +0.000s  <- chat/said {"from":"bob","text":"hi"}""");
    }
    // endregion
}
