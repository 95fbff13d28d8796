// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each assertion holds when it should, and fails when it should not hold. */
class HubAssertionsTest {
    record Said(String by, String text) {}

    private static final EventType<Said> SAID = EventType.of("chat/said", Said.class);

    private final TestHub hub = TestHub.of(HubAssertionsTest::wire);
    private final TestClient ann = hub.connect("ann");
    private final TestClient bob = hub.connect("bob");

    private static HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void what_the_test_calls_it_comes_first() {
        ann.session().send(SAID, new Said("hub", "hi"));
        hub.settle();

        described(() -> assertThat(hub).as("after %s", "it").hasClients(3));
        described(() -> assertThat(hub).as("after it").hasGroup("room-1", "bob"));
        described(() -> assertThat(hub).as("after it").endedSession(ann, 4000));
        described(() -> assertThat(ann).as("after it").isClosedWith(1000));
        described(() -> assertThat(ann).received(SAID).as("after it").hasSize(2));
        described(() -> assertThat(ann).received(SAID).first().as("after it").isEqualTo(new Said("ann", "hi")));
        described(() -> ann.expectPush(SAID).as("after it").hasCode(7));
    }

    private static void described(ThrowingCallable assertion) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(assertion)
                .withMessageStartingWith("[after it] expected ");
    }

    @Test
    void about_a_connection() {
        holds(() -> assertThat(ann).isConnected());
        fails(() -> assertThat(ann).isClosedWith(1000));

        ann.close();

        fails(() -> assertThat(ann).isConnected());
        holds(() -> assertThat(ann).isClosedWith(1000).isClosedWith(CloseReason.NORMAL));
        fails(() -> assertThat(ann).isClosedWith(1001));
        fails(() -> assertThat(ann).isClosedWith(CloseReason.GOING_AWAY));
    }

    @Test
    void about_everything_received() {
        holds(() -> assertThat(ann).receivedNothing().receivedExactly().receivedEvents());

        say("hi");

        String frame =
                "{\"event\":\"chat/said\",\"data\":{\"by\":\"hub\",\"text\":\"hi\"},\"code\":0,\"timestamp\":1893456000}";
        fails(() -> assertThat(ann).receivedNothing());
        holds(() -> assertThat(ann).receivedExactly(frame).receivedEvents("chat/said"));
        fails(() -> assertThat(ann).receivedExactly(frame, frame));
        fails(() -> assertThat(ann).receivedExactly());
        fails(() -> assertThat(ann).receivedEvents("chat/say"));
    }

    @Test
    void about_what_was_received_of_one_event() {
        say("one");
        say("two");

        holds(() -> assertThat(ann).received(SAID).hasSize(2));
        fails(() -> assertThat(ann).received(SAID).hasSize(1));
        fails(() -> assertThat(ann).received(SAID).isEmpty());
        holds(() -> assertThat(ann).received("chat/other", Said.class).isEmpty());
        holds(() -> assertThat(ann).received(SAID).containsExactly(new Said("hub", "one"), new Said("hub", "two")));
        fails(() -> assertThat(ann).received(SAID).containsExactly(new Said("hub", "two"), new Said("hub", "one")));
        holds(() -> assertThat(ann).received(SAID).extracting(Said::text).containsExactly("one", "two"));
        fails(() -> assertThat(ann).received(SAID).extracting(Said::text).containsExactly("one"));
        holds(() ->
                assertThat(ann).received(SAID).list().allMatch(said -> said.by().equals("hub")));
    }

    @Test
    void about_one_message() {
        say("one");
        say("two");

        holds(() -> assertThat(ann).received(SAID).first().isEqualTo(new Said("hub", "one")));
        holds(() ->
                assertThat(ann).received(SAID).last().returns("two", Said::text).returns("hub", Said::by));
        holds(() -> assertThat(ann).received(SAID).element(1).isEqualTo(new Said("hub", "two")));
        fails(() -> assertThat(ann).received(SAID).first().isEqualTo(new Said("hub", "two")));
        fails(() -> assertThat(ann).received(SAID).last().returns("one", Said::text));
        fails(() -> assertThat(ann).received(SAID).element(2));
        fails(() -> assertThat(ann).received("chat/other", Said.class).first());
        holds(() -> assertThat(ann).received("chat/said").last().returns(0, ReceivedMessage::code));
    }

    @Test
    void about_an_answer() {
        Reply<Object> ok = ann.request("ping");
        Reply<Object> failed = ann.request("no/such");

        holds(ok::isOk);
        holds(() -> ok.hasCode(0));
        fails(() -> ok.hasCode(1300));
        fails(() -> ok.failedWith(ErrorCode.UNKNOWN_EVENT));
        fails(ok::isUnanswered);
        holds(() -> failed.failedWith(ErrorCode.UNKNOWN_EVENT));
        fails(failed::isOk);
        fails(failed::data);
        fails(() -> failed.failedWith(ErrorCode.FORBIDDEN));
    }

    @Test
    void about_an_answer_that_has_not_come() {
        ann.vanish();
        Reply<Object> lost = ann.request("ping");

        holds(lost::isUnanswered);
        fails(lost::isOk);
        fails(() -> lost.failedWith(ErrorCode.BUSY));
        fails(() -> lost.data(String.class));
    }

    @Test
    void about_the_hub() {
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();

        holds(() ->
                assertThat(hub).hasClients(2).hasGroup("room-1", "bob", "ann").hasOnlineUsers("bob", "ann"));
        fails(() -> assertThat(hub).hasClients(1));
        fails(() -> assertThat(hub).hasGroup("room-1", "ann"));
        fails(() -> assertThat(hub).hasGroup("room-2", "ann"));
        fails(() -> assertThat(hub).hasOnlineUsers("ann"));
        fails(() -> assertThat(hub).hasNoLeftovers());
        fails(() -> assertThat(hub).endedSession(ann, 1000));

        List.of(ann, bob).forEach(TestClient::close);

        holds(() -> assertThat(hub)
                .hasClients(0)
                .hasGroup("room-1")
                .hasOnlineUsers()
                .hasNoLeftovers());
        holds(() -> assertThat(hub).endedSession(ann, 1000).endedSession(bob, CloseReason.NORMAL));
        fails(() -> assertThat(hub).endedSession(ann, CloseReason.KICKED));
    }

    @Test
    void about_what_was_sent_to_many() {
        fails(() -> assertThat(hub).lastBroadcastReached(0));

        ann.join("room-1");
        say("hi");
        holds(() -> assertThat(hub).lastBroadcastReached(2));

        hub.hub().group("room-1").send(SAID, new Said("hub", "you"));
        holds(() -> assertThat(hub).lastBroadcastReached(1));
        fails(() -> assertThat(hub).lastBroadcastReached(2));

        hub.hub().group("room-2").send(SAID, new Said("hub", "nobody"));
        holds(() -> assertThat(hub).lastBroadcastReached(0));
    }

    @Test
    void about_an_end_by_the_name_of_the_client() {
        fails(() -> assertThat(hub).endedSession("ann", 1000));
        fails(() -> assertThat(hub).endedSession("anne", 1000));

        ann.close();

        holds(() -> assertThat(hub).endedSession("ann", 1000).endedSession("ann", CloseReason.NORMAL));
        fails(() -> assertThat(hub).endedSession("ann", CloseReason.GOING_AWAY));
    }

    @Test
    void about_timers() {
        fails(() -> assertThat(hub).hasPendingTimer("farewell"));
        hub.time().schedule("farewell of ann", Duration.ofSeconds(1), () -> {});
        hub.time().schedule("farewell of bob", Duration.ofSeconds(2), () -> {});

        holds(() -> assertThat(hub).hasPendingTimer("farewell of bob").hasPendingTimers("farewell", 2));
        fails(() -> assertThat(hub).hasPendingTimers("farewell", 1));

        hub.advance(Duration.ofSeconds(1));
        holds(() -> assertThat(hub).hasPendingTimers("farewell", 1));
        fails(() -> assertThat(hub).hasPendingTimer("farewell of ann"));
    }

    @Test
    void a_timer_that_names_a_session_is_left_over() {
        bob.close();
        ann.close();
        hub.time().schedule("farewell of " + ann.id(), Duration.ofSeconds(1), () -> {});

        fails(() -> assertThat(hub).hasNoLeftovers());

        hub.advance(Duration.ofSeconds(1));
        holds(() -> assertThat(hub).hasNoLeftovers());
    }

    private void say(String text) {
        hub.hub().all().send(SAID, new Said("hub", text));
        hub.settle();
    }

    private static void holds(ThrowingCallable assertion) {
        assertThatCode(assertion).doesNotThrowAnyException();
    }

    private static void fails(ThrowingCallable assertion) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).withMessageContaining("Transcript of");
    }
}
