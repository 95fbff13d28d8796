// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a test did not look at is told at its end; what it looked at, in whatever way, is not. */
class LeftoversTest {
    private static final EventType<Void> CLEARED = EventType.of("chat/cleared");

    private final TestHub hub = TestHub.of(LeftoversTest::wire);
    private final TestClient ann = hub.connect("ann");

    private static HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .on("boom", client -> {
                    throw new IllegalStateException("database is down");
                });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_test_in_which_all_went_well_leaves_nothing() {
        ann.request("ping");
        ann.join("room-1");

        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
        assertThatCode(() -> hub.checkLeftovers(Leftovers.ALL)).doesNotThrowAnyException();
    }

    // --- errors

    @Test
    void an_error_that_nobody_read_is_told_with_the_nearest_name() {
        ann.send("pign");
        ann.request("no/such/event/at/all");

        assertThat(hub.leftovers(Leftovers.ERRORS))
                .containsExactly(
                        "ann received an error nobody looked at: pign code=1300 \"unknown event\";"
                                + " no handler for event 'pign'; nearest is 'ping'",
                        "ann received an error nobody looked at: no/such/event/at/all code=1300 \"unknown event\"  id=1;"
                                + " no handler for event 'no/such/event/at/all'");
    }

    @Test
    void an_error_that_was_expected_or_looked_at_is_not_left() {
        ann.send("no/such");
        ann.expectError(ErrorCode.UNKNOWN_EVENT);
        ann.request("no/such").failedWith(ErrorCode.UNKNOWN_EVENT);
        assertThat(ann.request("no/such").message()).isPresent();
        ann.send("other");
        assertThat(ann).received("other").hasSize(1);

        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
    }

    @Test
    void an_end_that_the_hub_brought_about_is_left_whatever_the_client_does_then() {
        ann.session().kick(CloseReason.KICKED);
        hub.settle();
        ann.close();
        TestClient bob = hub.connect("bob");
        bob.session().kick(CloseReason.KICKED);
        hub.settle();
        bob.drop();

        assertThat(hub.leftovers(Leftovers.ERRORS))
                .containsExactly(
                        "the hub ended the session of ann, and nobody looked: 4004 kicked",
                        "the hub ended the session of bob, and nobody looked: 4004 kicked");
        ann.expectClosed(CloseReason.KICKED);
        bob.expectClosed(CloseReason.KICKED);
    }

    @Test
    void an_error_is_not_read_by_reading_something_else() {
        ann.send("no/such");
        ann.request("ping").isOk();
        ann.expectNoPush();
        assertThat(ann).received("ping").hasSize(1);

        assertThat(hub.leftovers(Leftovers.ERRORS)).hasSize(1);
    }

    // --- handlers

    @Test
    void a_handler_that_threw_is_told_once() {
        ann.send("boom");
        ann.send("boom");

        String line = "handler of 'boom' (client ann) threw java.lang.IllegalStateException: database is down";
        assertThat(hub.leftovers(Leftovers.ERRORS)).containsExactly(line, line);
    }

    @Test
    void a_handler_s_failure_is_known_to_who_read_its_answer_or_said_so() {
        ann.send("boom");
        ann.expectError(ErrorCode.HANDLER_FAILED);
        ann.request("boom").failedWith(ErrorCode.HANDLER_FAILED);
        ann.send("boom");
        hub.expectHandlerFailure("boom").hasMessage("database is down");

        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
    }

    @Test
    void reading_one_failure_does_not_cover_another() {
        ann.send("boom");
        ann.send("boom");
        ann.expectError("boom");

        assertThat(hub.leftovers(Leftovers.ERRORS)).hasSize(1);
    }

    // --- ends

    @Test
    void an_end_that_nobody_looked_at_is_told() {
        ann.session().kick(CloseReason.KICKED);

        assertThat(hub.leftovers(Leftovers.ERRORS))
                .containsExactly("the hub ended the session of ann, and nobody looked: 4004 kicked");
    }

    @Test
    void an_end_that_was_expected_or_looked_at_is_not_left() {
        TestClient bob = hub.connect("bob");
        TestClient eve = hub.connect("eve");
        TestClient joe = hub.connect("joe");
        hub.hub().all().kick(CloseReason.KICKED);
        hub.settle();

        ann.expectClosed(4004);
        assertThat(bob).isClosedWith(CloseReason.KICKED);
        assertThat(hub).endedSession(eve, 4004);
        assertThat(joe.closedWith()).isPresent();

        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
    }

    @Test
    void an_end_that_a_client_brings_about_is_not_left() {
        TestClient bob = hub.connect("bob");
        TestClient eve = hub.connect("eve");
        ann.close();
        bob.drop();
        eve.vanish();
        hub.advance(Duration.ofMinutes(1));

        assertThat(hub).hasClients(0);
        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
    }

    @Test
    void the_end_of_all_is_not_left() {
        hub.hub().shutdown(Duration.ZERO);
        hub.advance(Duration.ofSeconds(10));

        assertThat(ann.isConnected()).isFalse();
        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
    }

    // --- pushes

    @Test
    void a_push_is_left_only_where_all_must_be_read() {
        hub.hub().all().send(CLEARED);
        hub.hub().all().send("chat/names", List.of("ann"));
        ann.expectPush(CLEARED);

        assertThat(hub.leftovers(Leftovers.ERRORS)).isEmpty();
        assertThat(hub.leftovers(Leftovers.ALL))
                .containsExactly("ann received a push nobody looked at: chat/names [\"ann\"]");
    }

    @Test
    void pushes_that_were_passed_over_or_looked_at_are_not_left() {
        hub.hub().all().send("chat/names", List.of("ann"));
        hub.hub().all().send(CLEARED);
        hub.hub().all().send("presence/joined", "bob");
        hub.hub().all().send("chat/closed", "room-1");
        ann.ignoring("presence/*").skipTo(CLEARED);
        assertThat(ann).received("chat/closed", String.class).containsExactly("room-1");

        assertThat(hub.leftovers(Leftovers.ALL)).isEmpty();
    }

    // --- what is done with them

    @Test
    void nothing_is_left_where_nothing_must_be_read() {
        ann.send("no/such");

        assertThat(hub.leftovers(Leftovers.NONE)).isEmpty();
    }

    @Test
    void a_failure_of_somebody_else_is_given_the_transcript_once() {
        Throwable own = new IllegalStateException("of the test");
        AssertionError ours = catchThrowableOfType(AssertionError.class, () -> ann.expectPush(CLEARED));

        assertThat(hub.transcriptFor(own)).hasValueSatisfying(transcript -> {
            assertThat(transcript.toString())
                    .startsWith("Transcript of the whole hub (")
                    .contains("ann -- connected");
            assertThat(transcript.getStackTrace()).isEmpty();
        });
        assertThat(hub.transcriptFor(ours)).isEmpty();
    }
}
