// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.User;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** What a failed expectation says, word for word. */
class ExpectMessageTest {
    record Say(String text) {}

    record Said(String by, String text) {}

    record Joined(String who) {}

    private static final EventType<Say> SAY = EventType.of("chat/say", Say.class);
    private static final EventType<Said> SAID = EventType.of("chat/said", Said.class);
    private static final EventType<Joined> JOINED = EventType.of("presence/joined", Joined.class);
    private static final String LEGEND = " (-> sent, <- received, -- lifecycle, ## hub, !! handler failed;"
            + " virtual time from 2030-01-01T00:00:00Z):";

    private final TestHub hub = TestHub.of(ExpectMessageTest::wire);
    private final TestClient ann = hub.connect("ann");

    private static HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .emits(SAID, JOINED)
                .onJoined(
                        "room-{id}",
                        (client, room) -> client.others("room-1")
                                .send(
                                        JOINED,
                                        new Joined(client.user().map(User::id).orElse("?"))))
                .on(
                        SAY,
                        (client, say) -> client.group("room-1")
                                .send(SAID, new Said(client.requireUser().id(), say.text())))
                .on("chat/boom", client -> {
                    throw new IllegalStateException("database is down");
                });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void pushes_in_another_order() {
        TestClient bob = meet();
        bob.send(SAY, new Say("hello"));

        assertMessage(() -> ann.expectPush(SAID), """
                expected the next push to ann to be 'chat/said'
                 but it is 'presence/joined' {"who":"bob"}
                 hint: a 'chat/said' is unread 1 push further on; use skipTo(..) if the order does not matter
                 the hub is quiet at +0.000s; next timers …

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -> join {"id":"room-1"}  id=1
                    +0.000s  <- join ["room-1"]  id=1   (read)
                    +0.000s  <- presence/joined {"who":"bob"}   <== next unread
                    +0.000s  <- chat/said {"by":"bob","text":"hello"}""");
    }

    @Test
    void other_data() {
        TestClient bob = meet();
        bob.send(SAY, new Say("helo"));
        ann.expectPush(JOINED);

        assertMessage(() -> ann.expectPush(SAID).hasData("{\"text\":\"hello\",\"at\":1}"), """
                unexpected data in 'chat/said' to ann
                   data.text: expected "hello" but was "helo"
                   data.at: expected 1 but the key is missing
                 the hub is quiet at +0.000s; next timers …

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -> join {"id":"room-1"}  id=1
                    +0.000s  <- join ["room-1"]  id=1   (read)
                    +0.000s  <- presence/joined {"who":"bob"}   (read)
                    +0.000s  <- chat/said {"by":"bob","text":"helo"}   <== here""");
    }

    @Test
    void a_handler_that_threw() {
        Reply<Object> boom = ann.request("chat/boom");

        assertMessage(() -> ann.expectReply(boom).isOk(), """
                expected code 0 in the answer to 'chat/boom' id=1 of ann
                 but it is 1400 "internal error"
                 the hub is quiet at +0.000s; next timers …
                 note: handler of 'chat/boom' (client ann) threw java.lang.IllegalStateException: database is down

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -> chat/boom  id=1
                    +0.000s  !! handler of 'chat/boom' threw java.lang.IllegalStateException: database is down
                    +0.000s  <- chat/boom code=1400 "internal error" {"incident":"…"}  id=1   <== here""");
    }

    @Test
    void a_clock_that_was_not_advanced() {
        ann.ignorePings();
        hub.advance(Duration.ofSeconds(34));

        assertMessage(() -> ann.expectClosed(4201), """
                expected ann to be closed with 4201
                 but the connection is still open
                 the hub is quiet at +34.000s; next timers 'heartbeat' at +35.000s, 'send deadline' at +35.000s

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -- ignores pings""");
    }

    @Test
    void a_typo_in_an_event_that_was_sent() {
        ann.send("chat/sya", new Say("hi"));

        assertMessage(() -> hub.checkLeftovers(Leftovers.ERRORS), """
                the test passed its own assertions, but:
                  - ann received an error nobody looked at: chat/sya code=1300 "unknown event"; no handler for event 'chat/sya'; nearest is 'chat/say'
                 the hub is quiet at +0.000s; next timers …

                Transcript of the whole hub…
                    +0.000s  ann -- connected
                    +0.000s  ann -> chat/sya {"text":"hi"}
                    +0.000s  ann <- chat/sya code=1300 "unknown event\"""");
    }

    @Test
    void a_typo_in_an_event_whose_answer_is_expected() {
        Reply<Object> say = ann.request("chat/sya", new Say("hi"));

        assertMessage(() -> ann.expectReply(say).isOk(), """
                expected code 0 in the answer to 'chat/sya' id=1 of ann
                 but it is 1300 "unknown event"
                 hint: no handler for event 'chat/sya'; nearest is 'chat/say'
                 the hub is quiet at +0.000s; next timers …

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -> chat/sya {"text":"hi"}  id=1
                    +0.000s  <- chat/sya code=1300 "unknown event"  id=1   <== here""");
    }

    @Test
    void a_push_that_does_not_come_because_of_an_error() {
        ann.send("chat/sya", new Say("hi"));

        assertMessage(() -> ann.expectPush("chat/sayd"), """
                expected the next push to ann to be 'chat/sayd'
                 but no push is unread
                 hint: the nearest name that the hub declares is 'chat/said'
                 hint: an error is unread: chat/sya code=1300 "unknown event"; no handler for event 'chat/sya'; nearest is 'chat/say'
                 the hub is quiet at +0.000s; next timers …

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -> chat/sya {"text":"hi"}
                    +0.000s  <- chat/sya code=1300 "unknown event\"""");
    }

    @Test
    void a_push_that_was_read_already() {
        meet().send(SAY, new Say("hi"));
        ann.skipTo(SAID);

        assertMessage(() -> ann.expectPush(SAID), """
                expected the next push to ann to be 'chat/said'
                 but no push is unread
                 hint: every 'chat/said' that arrived was read or passed over
                 the hub is quiet at +0.000s; next timers …

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -> join {"id":"room-1"}  id=1
                    +0.000s  <- join ["room-1"]  id=1   (read)
                    +0.000s  <- presence/joined {"who":"bob"}   (skipped)
                    +0.000s  <- chat/said {"by":"bob","text":"hi"}   (read)""");
    }

    @Test
    void a_push_where_none_is_expected() {
        meet();

        assertMessage(ann::expectNoPush, """
                expected no push to ann
                 but there is 'presence/joined' {"who":"bob"}
                 the hub is quiet at +0.000s; next timers …

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -> join {"id":"room-1"}  id=1
                    +0.000s  <- join ["room-1"]  id=1   (read)
                    +0.000s  <- presence/joined {"who":"bob"}   <== next unread""");
    }

    @Test
    void what_the_hub_decided() {
        ann.stopReading();
        ann.session().kick(CloseReason.KICKED);
        hub.advance(Duration.ofSeconds(5));

        assertMessage(() -> ann.expectClosed(CloseReason.KICKED), """
                expected ann to be closed with 4004 kicked
                 but it is closed with 1006 connection lost
                 hint: the hub ended the session with 4004 kicked
                 the hub is quiet at +5.000s; next timers …

                Transcript of ann…
                    +0.000s  -- connected
                    +0.000s  -- stopped reading
                    +0.000s  ## ended the session: 4004 kicked
                    +2.000s  -- closed with 1006 connection lost""");
    }

    @Test
    void the_same_in_every_run_and_on_the_baton() {
        String first = messageOfRun(Mode.SERIAL);

        assertThat(first).startsWith("expected the next push to ann to be 'chat/boom'");
        assertThat(messageOfRun(Mode.SERIAL)).isEqualTo(first);
        assertThat(messageOfRun(Mode.BATON)).isEqualTo(first);
    }

    private static String messageOfRun(Mode mode) {
        try (TestHub run = TestHub.builder().mode(mode).start(ExpectMessageTest::wire)) {
            List<TestClient> clients =
                    Stream.of("ann", "bob", "eve").map(run::connect).toList();
            clients.forEach(client -> client.join("room-1"));
            clients.forEach(client -> client.send(SAY, new Say("I am " + client)));
            clients.get(1).send("chat/boom");
            run.advance(Duration.ofSeconds(40));
            return String.valueOf(
                    catchThrowable(() -> clients.get(0).expectPush("chat/boom")).getMessage());
        }
    }

    /** Ann and Bob are in a room, and Ann has been told of Bob. */
    private TestClient meet() {
        ann.join("room-1").isOk();
        TestClient bob = hub.connect("bob");
        bob.join("room-1").isOk();
        return bob;
    }

    private static void assertMessage(ThrowingCallable expectation, String message) {
        String found = String.valueOf(
                catchThrowableOfType(AssertionFailedError.class, expectation).getMessage());
        assertThat(found.replace(LEGEND, "…")
                        .replaceAll("\"incident\":\"\\w+\"", "\"incident\":\"…\"")
                        .replaceFirst("next timers 'open deadline'.*", "next timers …"))
                .isEqualTo(message);
    }
}
