// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.TypeToken;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is expected is read, in order and once; what is not expected fails. */
class ExpectTest {
    record Said(String by, String text) {}

    private static final EventType<Said> SAID = EventType.of("chat/said", Said.class);
    private static final EventType<Void> CLEARED = EventType.of("chat/cleared");
    private static final EventType<List<String>> NAMES = EventType.of("chat/names", new TypeToken<List<String>>() {});

    private final TestHub hub = TestHub.of(ExpectTest::wire);
    private final TestClient ann = hub.connect("ann");

    private static HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .on("chat/later", client -> {
                    throw ErrorCode.of(10_001, "not now").exception(Map.of("until", 7));
                });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void an_answer_to_another_client_is_a_mistake_of_the_test() {
        TestClient bob = hub.connect("bob");
        ann.request("ping").isOk();
        Reply<Object> bobs = bob.request("chat/later");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ann.expectReply(bobs))
                .withMessage("the reply to 'chat/later' id=1 is bob's: ann is never told");
    }

    // --- pushes

    @Test
    void pushes_are_read_in_order_and_once() {
        say("one");
        push(CLEARED);
        say("two");

        ann.expectPush(SAID).hasData(new Said("hub", "one"));
        ann.expectPush("chat/cleared").hasNoData();
        ann.expectPush("chat/said").hasData("{\"text\":\"two\"}");
        ann.expectNoPush();
        fails(() -> ann.expectPush(SAID));
    }

    @Test
    void another_push_than_the_next_fails_and_stays_unread() {
        say("one");
        push(CLEARED);

        fails(() -> ann.expectPush(CLEARED));
        fails(ann::expectNoPush);

        ann.expectPush(SAID);
        ann.expectPush(CLEARED);
    }

    @Test
    void what_was_sent_but_not_delivered_is_delivered_first() {
        hub.hub().all().send(CLEARED);

        ann.expectPush(CLEARED);
    }

    @Test
    void skipping_passes_over_what_is_before() {
        say("one");
        push(CLEARED);
        say("two");

        ann.skipTo(CLEARED);
        ann.expectPush(SAID).hasData("{\"text\":\"two\"}");
        fails(() -> ann.skipTo("chat/said"));
    }

    @Test
    void a_failed_skip_passes_over_nothing() {
        say("one");

        fails(() -> ann.skipTo(CLEARED));

        ann.expectPush(SAID);
    }

    @Test
    void ignored_pushes_are_passed_over_whenever_they_arrived() {
        say("one");
        assertThat(ann.ignoring("chat/s*", "chat/names")).isSameAs(ann);
        push(CLEARED);
        say("two");

        ann.expectPush(CLEARED);
        ann.expectNoPush();
        fails(() -> ann.expectPush(SAID));
    }

    @Test
    void looking_reads_nothing() {
        say("one");

        assertThat(ann.received(SAID)).hasSize(1);
        assertThat(ann.messages()).hasSize(1);

        ann.expectPush(SAID);
        assertThat(ann.received(SAID)).hasSize(1);
    }

    @Test
    void answers_and_errors_are_no_pushes() {
        ann.request("ping").isOk();
        ann.send("no/such");

        ann.expectNoPush();
        fails(() -> ann.expectPush("ping"));
    }

    @Test
    void no_push_for_a_while_lets_that_while_pass() {
        hub.hub().timers().after(Duration.ofSeconds(30), () -> hub.hub().all().send(CLEARED));

        ann.expectNoPushFor(Duration.ofSeconds(29));
        fails(() -> ann.expectNoPushFor(Duration.ofSeconds(1)));

        ann.expectPush(CLEARED);
        assertThat(hub.now()).isEqualTo(VirtualTime.START.plusSeconds(30));
    }

    // --- data

    @Test
    void data_may_have_more_keys_but_not_fewer_and_no_other_values() {
        say("hi");
        MessageAssert said = ann.expectPush(SAID);

        said.hasData("{}")
                .hasData("{\"by\":\"hub\"}")
                .hasData("{\"gone\":null}")
                .hasData(Map.of("text", "hi"));
        fails(() -> said.hasData("{\"by\":\"ann\"}"));
        fails(() -> said.hasData("{\"to\":\"ann\"}"));
        fails(() -> said.hasData("[]"));
        fails(said::hasNoData);
    }

    @Test
    void exact_data_has_no_more_keys_either() {
        say("hi");
        MessageAssert said = ann.expectPush(SAID);

        said.hasExactData("{\"text\":\"hi\",\"by\":\"hub\"}").hasExactData(new Said("hub", "hi"));
        fails(() -> said.hasExactData("{\"by\":\"hub\"}"));
        fails(() -> said.hasExactData("{\"text\":\"hi\",\"by\":\"hub\",\"gone\":null}"));
    }

    @Test
    void arrays_have_as_many_elements_and_numbers_one_kind() {
        hub.hub().all().send("chat/prices", List.of(1, 2.50, Map.of("cents", 3)));
        MessageAssert prices = ann.expectPush("chat/prices");

        prices.hasData("[1.0, 2.5, {}]");
        fails(() -> prices.hasData("[1, 2.5]"));
        fails(() -> prices.hasData("[1, 2.5, {\"cents\":4}]"));
        fails(() -> prices.hasExactData("[1, 2.5, {}]"));
    }

    @Test
    void data_that_is_missing_is_no_null() {
        push(CLEARED);
        MessageAssert cleared = ann.expectPush(CLEARED);

        cleared.hasNoData();
        fails(() -> cleared.hasData("{}"));
        fails(() -> cleared.dataAs(Said.class));
    }

    @Test
    void data_goes_on_as_what_assertj_knows() {
        hub.hub().all().send(NAMES, List.of("ann", "bob"));
        MessageAssert names = ann.expectPush(NAMES);

        names.dataAs(NAMES).isEqualTo(List.of("ann", "bob"));
        names.dataAs(new TypeToken<List<String>>() {}, list(String.class)).containsExactly("ann", "bob");
        say("hello");
        ann.expectPush(SAID).dataAs(Said.class).extracting(Said::text, STRING).startsWith("he");
        fails(() -> names.dataAs(Said.class));
    }

    @Test
    void expected_text_that_is_no_json_is_a_mistake_of_the_test() {
        push(CLEARED);
        MessageAssert cleared = ann.expectPush(CLEARED);

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> cleared.hasData("hello"))
                .withMessageContaining("hello");
    }

    // --- answers and errors

    @Test
    void an_answer_is_found_by_its_message() {
        Reply<Object> later = ann.request("chat/later");
        Reply<Object> ping = ann.request("ping");

        ann.expectReply(ping).isOk().hasCode(0);
        MessageAssert failed = ann.expectReply(later)
                .hasCode(10_001)
                .failedWith(ErrorCode.of(10_001, "whatever"))
                .hasErrorMsg("not now")
                .hasData("{\"until\":7}");
        fails(failed::isOk);
        fails(() -> failed.hasCode(0));
        fails(() -> failed.hasErrorMsg("now"));
        fails(() -> ann.expectReply(ping).hasErrorMsg("now"));
    }

    @Test
    void an_answer_that_has_not_come_fails() {
        ann.vanish();

        fails(() -> ann.expectReply(ann.request("ping")));
    }

    @Test
    void errors_without_an_id_are_read_in_order() {
        ann.sendRaw("{not json");
        ann.send("no/such");
        ann.send("chat/later");

        fails(() -> ann.expectError("no/such"));
        fails(() -> ann.expectError(ErrorCode.UNKNOWN_EVENT));
        ann.expectError("error").failedWith(ErrorCode.MALFORMED);
        ann.expectError(ErrorCode.UNKNOWN_EVENT).hasErrorMsg("unknown event");
        ann.expectError("chat/later").hasCode(10_001);
        fails(() -> ann.expectError("chat/later"));
    }

    // --- ends

    @Test
    void an_end_is_expected_by_code_or_reason_and_stays_readable() {
        fails(() -> ann.expectClosed(4004));

        ann.session().kick(CloseReason.KICKED);

        ann.expectClosed(4004);
        ann.expectClosed(CloseReason.KICKED);
        fails(() -> ann.expectClosed(4005));
        fails(() -> ann.expectClosed(new CloseReason(4004, "go")));
    }

    @Test
    void a_refusal_is_expected_by_its_status() {
        TestHub closed = TestHub.of(builder -> builder.authenticator(handshake -> io.hubwire.Admission.refuse(401)));
        ConnectAttempt refused = closed.client().user("mallory").tryConnect();

        assertThat(refused.expectRefused(401).isAccepted()).isFalse();
        fails(() -> refused.expectRefused(403));
        fails(refused::client);
        fails(() -> hub.client().tryConnect().expectRefused(401));
        closed.close();
    }

    @Test
    void a_handler_s_failure_is_expected_once() {
        TestHub broken = TestHub.of(builder -> builder.on("boom", client -> {
            throw new IllegalStateException("down");
        }));
        fails(() -> broken.expectHandlerFailure("boom"));

        broken.connect("ann").send("boom");

        fails(() -> broken.expectHandlerFailure("bomm"));
        broken.expectHandlerFailure("boom")
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("down");
        fails(() -> broken.expectHandlerFailure("boom"));
        broken.close();
    }

    private void say(String text) {
        hub.hub().all().send(SAID, new Said("hub", text));
        hub.settle();
    }

    private void push(EventType<Void> type) {
        hub.hub().all().send(type);
        hub.settle();
    }

    private static void fails(ThrowingCallable expectation) {
        assertThatExceptionOfType(AssertionError.class).isThrownBy(expectation).withMessageContaining("Transcript of");
    }
}
