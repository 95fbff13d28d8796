// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.conformance.Chat.Said;
import io.hubwire.testkit.conformance.Chat.Say;
import io.hubwire.testkit.conformance.Chat.Talk;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is wrong is answered with an error or ends the connection, and nobody else notices. */
interface BadInputScenarios extends Stage {
    @Test
    default void an_event_that_nobody_handles_is_an_error() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            ann.send("chat/sya");
            Reply<Object> reply = ann.request("chat/sya");

            ann.expectReply(reply).failedWith(ErrorCode.UNKNOWN_EVENT).hasErrorMsg("unknown event");
            ann.expectError("chat/sya").failedWith(ErrorCode.UNKNOWN_EVENT);
            assertThat(ann).isConnected();
        }
    }

    @Test
    default void a_payload_that_does_not_fit_is_an_error_that_names_the_field() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            Reply<Object> wrongType = ann.request(Chat.ECHO.name(), Map.of("text", "hi", "loudness", "very"));
            Reply<Said> refusedByRule = ann.request(Chat.ECHO, Say.softly(""));

            ann.expectReply(wrongType).failedWith(ErrorCode.INVALID_PAYLOAD).hasData("{\"path\":\"loudness\"}");
            ann.expectReply(refusedByRule).failedWith(ErrorCode.INVALID_PAYLOAD).hasData("{\"path\":\"text\"}");
        }
    }

    @Test
    default void text_that_is_no_json_is_answered_and_the_connection_goes_on() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            ann.sendRaw("{not json");
            ann.sendRaw("[]");
            ann.sendRaw("{\"data\":1}");

            ann.expectError("error").failedWith(ErrorCode.MALFORMED);
            ann.expectError("error").failedWith(ErrorCode.MALFORMED);
            ann.expectError("error").failedWith(ErrorCode.INVALID_ENVELOPE);
            catchUp(ann);
        }
    }

    @Test
    default void too_many_malformed_messages_end_the_connection() {
        InboundLimits two = InboundLimits.defaults().malformedPerMinute(2);
        try (TestHub hub = chat(builder -> builder.limits(two))) {
            TestClient ann = hub.connect("ann");

            ann.sendRaw("{");
            ann.sendRaw("{");
            ann.expectError(ErrorCode.MALFORMED);
            ann.expectError(ErrorCode.MALFORMED);
            ann.sendRaw("{");

            ann.expectClosed(CloseReason.BAD_PROTOCOL);
            assertThat(hub).endedSession(ann, CloseReason.BAD_PROTOCOL);
        }
    }

    @Test
    default void a_route_is_closed_to_users_without_the_role() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient mod = hub.connect("mod", "moderator");
            TestClient somebody = hub.connectAnonymous();

            ann.expectReply(ann.request("chat/moderate")).failedWith(ErrorCode.FORBIDDEN);
            mod.expectReply(mod.request("chat/moderate")).isOk();
            somebody.expectReply(somebody.request("chat/moderate")).failedWith(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    default void a_group_is_closed_to_those_who_are_not_in_it() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            ann.expectReply(ann.join("room-1")).isOk();

            Reply<Object> intrusion = bob.request(Chat.TALK, new Talk("room-1", "let me in"));
            bob.expectReply(intrusion).failedWith(ErrorCode.FORBIDDEN);
            ann.expectReply(ann.request(Chat.TALK, new Talk("room-1", "alone"))).isOk();

            ann.expectPush(Chat.SAID).dataAs(Said.class).isEqualTo(new Said("ann", "alone"));
            ann.expectNoPush();
        }
    }

    @Test
    default void a_handler_s_own_error_brings_its_data() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            Reply<Said> shout = ann.request(Chat.ECHO, new Say("HEY", Chat.LOUDEST + 1));

            ann.expectReply(shout)
                    .failedWith(Chat.TOO_LOUD)
                    .hasErrorMsg("too loud")
                    .hasExactData("{\"most\":10}");
        }
    }

    @Test
    default void a_handler_that_breaks_keeps_its_secret() {
        try (TestHub hub = chat(builder -> builder.on("chat/break", client -> {
            throw new IllegalStateException("the password is 1234");
        }))) {
            TestClient ann = hub.connect("ann");

            Reply<Object> broken = ann.request("chat/break");

            ann.expectReply(broken).failedWith(ErrorCode.HANDLER_FAILED);
            assertThat(ann.frames()).noneMatch(frame -> frame.contains("1234"));
            catchUp(ann);
        }
    }

    @Test
    default void a_message_that_is_too_long_ends_the_connection() {
        InboundLimits small = InboundLimits.defaults().messageBytes(1_024);
        try (TestHub hub = chat(builder -> builder.limits(small))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            ann.send(Chat.SAY, Say.softly("x".repeat(1_024)));

            ann.expectClosed(CloseReason.TOO_BIG);
            assertThat(hub).endedSession(ann, CloseReason.TOO_BIG);
            catchUp(bob);
            bob.expectNoPush();
        }
    }

    @Test
    default void a_message_whose_fragments_are_too_long_together_ends_the_connection() {
        InboundLimits small = InboundLimits.defaults().messageBytes(1_024);
        try (TestHub hub = chat(builder -> builder.limits(small))) {
            TestClient ann = hub.connect("ann");

            ann.sendPart("x".repeat(1_000), false);
            ann.sendPart("x".repeat(100), false);

            ann.expectClosed(CloseReason.TOO_BIG);
        }
    }

    @Test
    default void a_binary_message_ends_the_connection() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            ann.sendBinary();

            ann.expectClosed(CloseReason.UNSUPPORTED_DATA);
            assertThat(hub).endedSession(ann, CloseReason.UNSUPPORTED_DATA);
        }
    }

    @Test
    default void a_client_over_its_rate_is_told_so_and_goes_on() {
        InboundLimits slow = InboundLimits.defaults().eventsPerSecond(1, 20);
        try (TestHub hub = chat(builder -> builder.limits(slow))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            IntStream.range(0, 30).forEach(i -> ann.send(Chat.QUIET));

            ann.expectError(ErrorCode.RATE_LIMITED);
            assertThat(ann).isConnected();
            catchUp(bob);
        }
    }

    @Test
    default void a_client_that_stays_over_its_rate_is_ended() {
        InboundLimits slow = InboundLimits.defaults().eventsPerSecond(1, 3);
        try (TestHub hub = chat(builder -> builder.limits(slow))) {
            TestClient ann = hub.connect("ann");

            int answered = 0;
            while (answered < 100 && isAnswered(hub, ann)) {
                answered++;
            }

            assertThat(answered).isBetween(3, 99);
            ann.expectClosed(CloseReason.RATE_LIMITED);
            assertThat(hub).endedSession(ann, CloseReason.RATE_LIMITED);
        }
    }

    private static boolean isAnswered(TestHub hub, TestClient client) {
        try {
            Reply<Object> reply = client.request(Chat.QUIET.name());
            hub.settleUntil(() -> reply.message().isPresent() || !client.isConnected());
            return reply.message().isPresent();
        } catch (AssertionError closedMeanwhile) {
            if (client.isConnected()) {
                throw closedMeanwhile;
            }
            return false;
        }
    }
}
