// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.examples.testing.Chat.JOINED;
import static io.hubwire.examples.testing.Chat.SAID;
import static io.hubwire.examples.testing.Chat.SAY;
import static io.hubwire.testkit.HubAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.hubwire.examples.testing.Chat.Said;
import io.hubwire.examples.testing.Chat.Say;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HubTest
class ResumeTest {
    @HubSetup
    final Chat chat = new Chat(Map.of());

    // region resume
    @Test
    void what_was_missed_arrives_once_after_a_resume(
            TestHub hub, @As("ann") TestClient ann, @As(value = "bob", resuming = true) TestClient bob) {
        ann.ignoring("*").join("room-1").isOk();
        bob.join("room-1").isOk();
        bob.stopReading();
        ann.send(SAY, new Say("room-1", "in the socket buffer"));
        bob.drop();
        ann.send(SAY, new Say("room-1", "while away"));
        assertThat(bob).isAway();
        hub.advance(ofSeconds(12));

        bob.reconnect();

        bob.expectResumed();
        assertThat(bob)
                .received(SAID)
                .containsExactly(new Said("ann", "in the socket buffer"), new Said("ann", "while away"));
        assertThat(hub).hasGroup("room-1", "ann", "bob");
    }

    @Test
    void the_hub_need_not_have_noticed_that_a_connection_died(
            @As("ann") TestClient ann, @As(value = "bob", resuming = true) TestClient bob) {
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();
        ann.expectPush(JOINED);
        bob.vanish();
        ann.send(SAY, new Say("room-1", "is anybody there?"));
        ann.expectPush(SAID);

        bob.reconnect();

        bob.expectResumed();
        bob.expectPush(SAID);
    }

    @Test
    void a_session_is_kept_for_two_minutes(TestHub hub, @As(value = "bob", resuming = true) TestClient bob) {
        bob.drop();

        hub.advance(ofMinutes(2).minusSeconds(1));
        assertThat(hub).hasClients(1);
        hub.advance(ofSeconds(2));
        assertThat(hub).hasClients(0).endedSession(bob, CloseReason.CONNECTION_LOST);
    }
    // endregion
}
