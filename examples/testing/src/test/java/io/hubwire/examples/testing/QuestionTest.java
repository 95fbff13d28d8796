// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.RequestType;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.QuestionFailedException;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

// region questions
@HubTest(resuming = true) // only clients of the hubwire.v1 profile can be asked
class QuestionTest {
    static final RequestType<String, String> INVITE = RequestType.of("invite", String.class, String.class);
    static final RequestType<String, Boolean> JOIN_US = RequestType.of("join-us", String.class, Boolean.class);
    static final ErrorCode BUSY = ErrorCode.of(10_002, "busy");

    @HubSetup
    void app(HubBuilder hub) {
        hub.onRequestAsync(INVITE, QuestionTest::invite);
    }

    private static CompletionStage<String> invite(Client host, String guestId) {
        Client guest = host.hub().user(guestId).clients().iterator().next();
        return guest.ask(JOIN_US, host.requireUser().id(), ofSeconds(20))
                .handle((comes, failure) -> failure == null ? (comes ? "comes" : "stays") : reasonOf(failure));
    }

    private static String reasonOf(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return ((QuestionFailedException) cause).reason().name();
    }

    @Test
    void a_guest_answers_at_once(@As("ann") TestClient ann, @As("bob") TestClient bob) {
        bob.answers(JOIN_US, host -> host.equals("ann"));

        assertThat(ann.request(INVITE, "bob").data()).isEqualTo("comes");
    }

    @Test
    void a_guest_thinks_about_it(TestHub hub, @As("ann") TestClient ann, @As("bob") TestClient bob) {
        Reply<String> reply = ann.request(INVITE, "bob");
        hub.advance(ofSeconds(19));
        reply.isUnanswered();

        bob.expectQuestion(JOIN_US).hasData("\"ann\"").answer(false);

        assertThat(reply.data()).isEqualTo("stays");
    }

    @Test
    void a_guest_does_not_answer_or_not_well(TestHub hub, @As("ann") TestClient ann, @As("bob") TestClient bob) {
        Reply<String> silent = ann.request(INVITE, "bob");
        hub.advance(ofSeconds(21));
        bob.expectQuestion(JOIN_US).answer(true); // too late

        Reply<String> refused = ann.request(INVITE, "bob");
        bob.expectQuestion(JOIN_US).refuse(BUSY);

        assertThat(silent.data()).isEqualTo("TIMEOUT");
        assertThat(refused.data()).isEqualTo("REFUSED");
    }

    @Test
    void a_guest_who_is_away_is_asked_once(TestHub hub, @As("ann") TestClient ann, @As("bob") TestClient bob) {
        bob.drop();
        Reply<String> reply = ann.request(INVITE, "bob");

        bob.reconnect();
        bob.expectResumed();
        bob.expectQuestion(JOIN_US).answer(true);

        assertThat(reply.data()).isEqualTo("comes");
        assertThat(bob).received("join-us").hasSize(1);
    }
}
// endregion
