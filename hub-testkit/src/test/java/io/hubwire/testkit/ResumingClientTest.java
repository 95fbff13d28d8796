// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Admission;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.ResumePolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of the hubwire.v1 profile: they count, acknowledge, and come back. */
class ResumingClientTest {
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);
    private static final EventType<Integer> TYPING =
            EventType.of("typing", Integer.class).ephemeral();

    private TestHub hub = TestHub.of(ResumingClientTest::application);

    private static HubBuilder application(HubBuilder hub) {
        return hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("*")))
                .emits(NEWS, TYPING)
                .onRequest("echo", Integer.class, (client, number) -> number);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    private TestClient ann() {
        return hub.client().user("ann").roles("admin").resuming().connect();
    }

    private void news(int... numbers) {
        for (int number : numbers) {
            hub.hub().user("ann").send(NEWS, number);
        }
        hub.settle();
    }

    @Test
    void it_greets_and_is_who_the_test_says() {
        TestClient ann = ann();

        assertThat(ann).isConnected().receivedNothing().isNotAway();
        assertThat(ann.session().requireUser().id()).isEqualTo("ann");
        assertThat(ann.session().requireUser().roles()).containsExactly("admin");
        assertThat(ann.id()).isEqualTo(ann.session().id());
        ann.expectNotResumed("none");
    }

    @Test
    void expectations_are_those_of_every_client() {
        TestClient ann = ann();

        Reply<Object> echo = ann.request("echo", 5);
        news(7, 8);

        ann.expectReply(echo).isOk().hasData(5);
        ann.expectPush(NEWS).hasData(7);
        ann.expectPush(NEWS).hasData(8);
        ann.expectNoPush();
        assertThat(ann).receivedEvents("echo", "news", "news").hasLastNumber(3);
        assertThat(ann.received("news").get(0).number()).hasValue(2);
        assertThat(ann.frames().get(1))
                .isEqualTo("{\"event\":\"news\",\"data\":7,\"code\":0,\"timestamp\":1893456000}");
    }

    @Test
    void what_is_not_counted_has_no_number() {
        TestClient ann = ann();

        hub.hub().user("ann").send(TYPING, 1);
        hub.settle();

        assertThat(ann.expectPush(TYPING).message().number()).isEmpty();
        assertThat(ann).hasLastNumber(0);
    }

    @Test
    void an_error_of_the_protocol_is_an_error_like_any_other() {
        TestClient ann = ann();

        ann.sendRaw("{no json");

        ann.expectError("hub/error").hasCode(1000);
    }

    @Test
    void what_was_missed_comes_once_and_in_order() {
        TestClient ann = ann();
        news(1);
        ann.stopReading();
        news(2);
        ann.drop();
        assertThat(ann).isAway();
        news(3);

        ann.reconnect();

        ann.expectResumed();
        assertThat(ann).received(NEWS).containsExactly(1, 2, 3);
        assertThat(ann).isNotAway().hasLastNumber(3);
        assertThat(ann.duplicates()).isZero();
    }

    @Test
    void it_comes_back_before_the_hub_has_noticed() {
        TestClient ann = ann();
        ann.vanish();
        news(1);
        assertThat(ann).isNotAway();

        ann.reconnect();

        ann.expectResumed();
        ann.expectPush(NEWS).hasData(1);
        assertThat(hub).hasClients(1);
    }

    @Test
    void the_end_of_an_earlier_connection_means_nothing() {
        TestClient ann = ann();

        ann.reconnect();
        hub.advance(Duration.ofMinutes(1));

        assertThat(ann).isConnected();
        assertThat(ann.transcript()).contains("an earlier connection is closed");
    }

    @Test
    void it_claims_nothing_when_it_comes_back_anew() {
        TestClient ann = ann();
        String first = ann.id();
        news(1);
        ann.drop();

        ann.reconnectAnew();
        news(2);

        ann.expectNotResumed("none");
        assertThat(ann.id()).isNotEqualTo(first);
        assertThat(ann).received(NEWS).containsExactly(1, 2);
        assertThat(ann).hasLastNumber(1);
    }

    @Test
    void a_session_that_is_over_is_not_resumed() {
        TestClient ann = ann();
        ann.session().kick(CloseReason.KICKED);
        ann.expectClosed(CloseReason.KICKED);

        ann.reconnect();

        ann.expectNotResumed("unknown");
    }

    @Test
    void somebody_else_claims_with_what_he_knows() {
        TestClient ann = ann();

        TestClient bob = hub.client()
                .user("bob")
                .claiming(ann.claimable().orElseThrow(), 0)
                .connect();

        bob.expectNotResumed("identity");
        assertThat(ann).isConnected();
    }

    @Test
    void it_claims_what_it_is_told_to() {
        TestClient ann = ann();
        news(1, 2);

        ann.claim(ann.claimable().orElseThrow(), 1);

        ann.expectResumed();
        assertThat(ann).received(NEWS).containsExactly(1, 2, 2);
        assertThat(ann).hasLastNumber(2);
    }

    @Test
    void it_acknowledges_after_a_second() {
        TestClient ann = ann();
        news(1, 2);
        assertThat(ann.transcript()).doesNotContain("hub/ack");

        hub.advance(Duration.ofSeconds(1));

        assertThat(ann.transcript()).containsOnlyOnce("-> hub/ack {\"seq\":2}");
    }

    @Test
    void it_acknowledges_after_32_messages() {
        TestClient ann = ann();

        for (int n = 1; n <= 40; n++) {
            news(n);
        }

        assertThat(ann.transcript()).containsOnlyOnce("-> hub/ack {\"seq\":32}");
    }

    @Test
    void it_acknowledges_only_when_it_is_told_to() {
        TestClient ann = ann();
        ann.acknowledges(false);
        news(1);
        hub.advance(Duration.ofSeconds(5));
        assertThat(ann.transcript()).doesNotContain("hub/ack");

        ann.acknowledge();

        assertThat(ann.transcript()).contains("-> hub/ack {\"seq\":1}");
    }

    @Test
    void what_the_window_has_forgotten_is_a_gap_at_the_claim() {
        hub = TestHub.of(builder -> application(builder)
                .resume(ResumePolicy.defaults().atMost(1, 1 << 20))
                .outbox(OutboxPolicy.defaults()));
        TestClient ann = ann();
        ann.acknowledges(false);
        news(1);
        news(2);
        news(3);
        ann.drop();

        ann.claim(ann.claimable().orElseThrow(), 0);

        ann.expectNotResumed("gap");
    }

    @Test
    void what_the_outbox_dropped_is_a_gap_on_the_wire() {
        hub = TestHub.of(builder -> application(builder)
                .outbox(OutboxPolicy.atMost(1, 1 << 20)
                        .onOverflow(Overflow.DROP_OLDEST)
                        .sendTimeout(Duration.ofHours(1))));
        TestClient ann = hub.client().user("ann").resuming().socketBuffer(1_000).connect();
        ann.stopReading();
        for (int n = 1; n <= 30; n++) {
            news(n);
        }

        ann.resumeReading();

        long missed = 30 - ann.received(NEWS).size();
        long first = ann.received(NEWS).size();
        ann.expectGap(first, first + missed - 1);
        assertThat(ann).hasLastNumber(30);
    }

    @Test
    void a_wrong_token_is_told_by_a_close() {
        hub = TestHub.of(builder -> application(builder)
                .authenticator(handshake -> handshake.token().equals(Optional.of("good"))
                        ? Admission.asUser("ann")
                        : Admission.refuse(401)));

        TestClient bad = hub.client().token("bad").resuming().tryConnect().client();
        TestClient good = hub.client().token("good").resuming().connect();

        bad.expectClosed(CloseReason.UNAUTHENTICATED);
        assertThat(good).isConnected();
        assertThat(hub.transcript())
                .doesNotContain("good\"")
                .doesNotContain(good.claimable().orElseThrow());
    }

    @Test
    void a_hello_that_is_not_answered_fails_the_test() {
        hub = TestHub.of(builder -> application(builder).authenticator(handshake -> Admission.refuse(401)));

        assertThatThrownBy(() -> hub.client().user("ann").resuming().connect())
                .hasMessageStartingWith("expected the hello of ann to be answered\n but it is not")
                .hasMessageContaining("its connection is closed with 4001");
    }

    @Test
    void nothing_may_be_said_before_a_claim_is_answered() {
        TestClient ann = ann();
        ann.latency(Duration.ofSeconds(1));
        ConnectAttempt attempt = hub.client()
                .user("ann")
                .resuming()
                .latency(Duration.ofSeconds(1))
                .tryConnect();

        assertThatThrownBy(() -> attempt.client().send("ping"))
                .hasMessageStartingWith("expected the hello of ann-2 to be answered, so that it may send");
    }

    @Test
    void a_classic_client_does_not_come_back() {
        TestClient bob = hub.connect("bob");

        assertThatThrownBy(bob::reconnect).hasMessageContaining("bob speaks the classic profile");
        assertThat(bob.claimable()).isEmpty();
    }

    @Test
    void a_session_that_was_lost_unseen_is_left_over() {
        TestClient ann = ann();
        ann.session().kick(CloseReason.KICKED);
        ann.expectClosed(CloseReason.KICKED);
        ann.reconnect();

        assertThat(hub.leftovers(Leftovers.ERRORS))
                .containsExactly("ann came back, and nobody looked: the hub began a new session, because of 'unknown'");
    }
}
