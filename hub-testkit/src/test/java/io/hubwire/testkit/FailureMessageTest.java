// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What a failed assertion says, word for word. */
class FailureMessageTest {
    record Said(String by, String text) {}

    private static final EventType<Said> SAID = EventType.of("chat/said", Said.class);

    private final TestHub hub = TestHub.of(FailureMessageTest::wire);
    private final TestClient ann = hub.connect("ann");

    private static HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .onJoined("room-{id}", (client, room) -> client.send(SAID, new Said("hub", "welcome to " + room)))
                .on("boom", client -> {
                    throw new IllegalStateException("database is down");
                });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_wrong_name_is_met_with_the_nearest_one() {
        ann.join("room-1");

        assertThat(withoutTimers(messageOf(
                        () -> assertThat(ann).received("chat/sayd", Said.class).last())))
                .isEqualTo("""
                        expected ann to have received the last 'chat/sayd'
                         but it received none
                         hint: the nearest name that arrived is 'chat/said'
                         the hub is quiet at +0.000s; next timers …

                        Transcript of ann (-> sent, <- received, -- lifecycle, ## hub, !! handler failed; virtual time from 2030-01-01T00:00:00Z):
                            +0.000s  -- connected
                            +0.000s  -> join {"id":"room-1"}  id=1
                            +0.000s  <- chat/said {"by":"hub","text":"welcome to room-1"}
                            +0.000s  <- join ["room-1"]  id=1""");
    }

    @Test
    void a_clock_that_was_not_advanced_is_met_with_the_next_timer() {
        ann.ignorePings();
        hub.advance(Duration.ofSeconds(26));

        assertThat(messageOf(() -> assertThat(ann).isClosedWith(4201))).isEqualTo("""
                        expected ann to be closed with 4201
                         but the connection is still open
                         the hub is quiet at +26.000s; next timers 'heartbeat' at +35.000s, 'send deadline' at +35.000s

                        Transcript of ann (-> sent, <- received, -- lifecycle, ## hub, !! handler failed; virtual time from 2030-01-01T00:00:00Z):
                            +0.000s  -- connected
                            +0.000s  -- ignores pings""");
    }

    @Test
    void a_handler_that_threw_is_told_although_the_client_saw_only_1400() {
        Reply<Object> reply = ann.request("boom");

        assertThat(withoutTimers(messageOf(reply::isOk)).replaceAll("\"incident\":\"\\w+\"", "\"incident\":\"…\""))
                .isEqualTo("""
                        expected code 0 in the answer to 'boom' id=1 of ann
                         but it is 1400 "internal error"
                         the hub is quiet at +0.000s; next timers …
                         note: handler of 'boom' (client ann) threw java.lang.IllegalStateException: database is down

                        Transcript of ann (-> sent, <- received, -- lifecycle, ## hub, !! handler failed; virtual time from 2030-01-01T00:00:00Z):
                            +0.000s  -- connected
                            +0.000s  -> boom  id=1
                            +0.000s  !! handler of 'boom' threw java.lang.IllegalStateException: database is down
                            +0.000s  <- boom code=1400 "internal error" {"incident":"…"}  id=1   <== here""");
    }

    @Test
    void the_end_of_a_session_is_told_by_both_ends() {
        ann.stopReading();
        ann.session().kick(CloseReason.KICKED);
        hub.advance(Duration.ofSeconds(5));

        assertThat(withoutTimers(messageOf(() -> assertThat(ann).isClosedWith(CloseReason.KICKED))))
                .isEqualTo("""
                        expected ann to be closed with 4004 kicked
                         but it is closed with 1006 connection lost
                         hint: the hub ended the session with 4004 kicked
                         the hub is quiet at +5.000s; next timers …

                        Transcript of ann (-> sent, <- received, -- lifecycle, ## hub, !! handler failed; virtual time from 2030-01-01T00:00:00Z):
                            +0.000s  -- connected
                            +0.000s  -- stopped reading
                            +0.000s  ## ended the session: 4004 kicked
                            +2.000s  -- closed with 1006 connection lost""");
    }

    @Test
    void the_hub_is_shown_with_all_its_clients() {
        hub.connect("bob").join("room-1");

        assertThat(messageOf(() -> assertThat(hub).hasClients(3)))
                .startsWith("expected the hub to have 3 clients\n but it has 2: [ann, bob]\n the hub is quiet")
                .contains("Transcript of the whole hub")
                .contains("+0.000s  ann -- connected\n    +0.000s  bob -- connected")
                .contains("+0.000s  bob -> join {\"id\":\"room-1\"}  id=1");
    }

    @Test
    void a_long_transcript_shows_its_end_and_long_data_is_cut() {
        for (int i = 0; i < 40; i++) {
            hub.hub().all().send(SAID, new Said("bob", "x".repeat(200)));
        }
        hub.settle();

        String message = messageOf(() -> assertThat(ann).receivedNothing());

        assertThat(message).contains("… 11 earlier lines").contains("xxx… (222 characters)");
        assertThat(message.lines().count()).isEqualTo(36);
    }

    @Test
    void tools_are_given_both_values_and_the_test_s_own_line() {
        AssertionFailedError error = failureOf(() -> assertThat(hub).hasGroup("room-1", "ann"));

        assertThat(error.getExpected().getStringRepresentation()).isEqualTo("[ann]");
        assertThat(error.getActual().getStringRepresentation()).isEqualTo("[]");
        assertThat(error.getStackTrace()[0].getClassName()).startsWith(FailureMessageTest.class.getName());
    }

    /** The engine's own timers are not what these tests are about. */
    private static String withoutTimers(String message) {
        return message.replaceFirst("next timers? .*", "next timers …");
    }

    private static String messageOf(ThrowingCallable assertion) {
        return String.valueOf(failureOf(assertion).getMessage());
    }

    private static AssertionFailedError failureOf(ThrowingCallable assertion) {
        return catchThrowableOfType(AssertionFailedError.class, assertion);
    }
}
