// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.examples.testing.Chat.JOINED;
import static io.hubwire.examples.testing.Chat.SAID;
import static io.hubwire.examples.testing.Chat.SAY;
import static io.hubwire.testkit.HubAssertions.assertThat;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import io.hubwire.examples.testing.Chat.Said;
import io.hubwire.examples.testing.Chat.Say;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

// region first
@HubTest
class ChatTest {
    @HubSetup
    final Chat chat = new Chat(Map.of("token-of-eve", "eve"));

    // endregion

    // region room
    @Test
    void everybody_in_the_room_hears_it_once(
            TestHub hub, @As("ann") TestClient ann, @As("bob") TestClient bob, @As("eve") TestClient eve) {
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();
        ann.expectPush(JOINED).hasData("""
                {"who": "bob"}""");

        var say = ann.request(SAY, new Say("room-1", "hi"));

        ann.expectReply(say).isOk();
        ann.expectPush(SAID).dataAs(SAID).isEqualTo(new Said("ann", "hi"));
        bob.expectPush(SAID).dataAs(SAID).isEqualTo(new Said("ann", "hi"));
        bob.expectNoPush();
        eve.expectNoPush();
        assertThat(hub).hasGroup("room-1", "ann", "bob").lastBroadcastReached(2);
    }
    // endregion

    // region errors
    @Test
    void a_blank_text_is_refused(@As("ann") TestClient ann) {
        var say = ann.request("chat/say", Map.of("room", "room-1", "text", " "));

        ann.expectReply(say).hasCode(10_001).hasErrorMsg("text must not be blank");
    }

    @Test
    void broken_frames_are_answered_not_obeyed(@As("ann") TestClient ann, @As("bob") TestClient bob) {
        ann.sendRaw("{not json");
        bob.sendRaw("x".repeat(2000));

        ann.expectError(ErrorCode.MALFORMED);
        bob.expectClosed(CloseReason.TOO_BIG);
    }
    // endregion

    // region refusal
    @Test
    void a_bad_token_never_becomes_a_client(TestHub hub) {
        hub.client().token("guessed").tryConnect().expectRefused(401);

        assertThat(hub).hasClients(0);
    }

    @Test
    void a_good_token_says_who_it_is(TestHub hub) {
        hub.client().token("token-of-eve").connect();

        assertThat(hub).hasOnlineUsers("eve");
    }
    // endregion

    // region heartbeat
    @Test
    void a_client_that_vanishes_is_found_by_the_heartbeat(TestHub hub, @As("ann") TestClient ann) {
        ann.vanish(); // half-open: no close frame, nobody is told

        hub.advance(ofSeconds(34)); // pinged after 25 s of silence, the answer is due 10 s later
        assertThat(hub).hasClients(1);
        hub.advance(ofSeconds(2));
        assertThat(hub).hasClients(0).endedSession(ann, CloseReason.HEARTBEAT_TIMEOUT);
    }

    @Test
    void a_healthy_client_is_still_there_tomorrow(TestHub hub, @As("ann") TestClient ann) {
        hub.advance(ofDays(1));

        assertThat(ann).isConnected();
    }
    // endregion

    // region slow
    @Test
    void a_slow_consumer_is_dropped_and_nobody_else_notices(
            TestHub hub, @As("ann") TestClient ann, @As("bob") TestClientBuilder mobile) {
        TestClient bob = mobile.socketBuffer(2048).connect();
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();
        ann.expectPush(JOINED);

        bob.stopReading();
        for (int i = 0; i < 90; i++) {
            ann.send(SAY, new Say("room-1", "text " + i));
            ann.expectPush(SAID); // ann is never delayed by bob
        }

        assertThat(hub).endedSession(bob, CloseReason.SLOW_CONSUMER).hasGroup("room-1", "ann");
        hub.advance(ofSeconds(5)); // the close frame is stuck behind the unread bytes:
        bob.expectClosed(1006); // bob himself never sees why
    }
    // endregion
}
