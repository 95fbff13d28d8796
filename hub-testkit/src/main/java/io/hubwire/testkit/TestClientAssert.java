// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.EventType;
import io.hubwire.protocol.CloseReason;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a client: its connection, and what it received. For the test's thread. */
public final class TestClientAssert extends AbstractAssert<TestClientAssert, TestClient> {
    TestClientAssert(TestClient client) {
        super(client, TestClientAssert.class);
    }

    /** Its connection is open. */
    public TestClientAssert isConnected() {
        actual.inbox().closedWith().ifPresent(reason -> {
            throw failure(new Expectation(actual + " to be connected", "its connection is closed with " + text(reason))
                    .withHint(reasonOfHub()));
        });
        return this;
    }

    /** Its connection ended with this code; 1006 if it saw no close frame. */
    public TestClientAssert isClosedWith(int code) {
        return isClosedWith("" + code, reason -> reason.code() == code, code);
    }

    /** Its connection ended with this reason. */
    public TestClientAssert isClosedWith(CloseReason expected) {
        return isClosedWith(text(expected), expected::equals, expected);
    }

    /** Its session goes on, and has no connection. */
    public TestClientAssert isAway() {
        return isAway(true, "the hub sees a connection");
    }

    /** Its session has a connection, as far as the hub knows. */
    public TestClientAssert isNotAway() {
        return isAway(false, "the hub sees no connection");
    }

    /** The number of the last counted message that it received or was told of as missed; 0 if there is none. */
    public TestClientAssert hasLastNumber(long number) {
        if (actual.lastNumber() != number) {
            throw failure(new Expectation(
                            actual + " to have everything up to #" + number, "it has it up to #" + actual.lastNumber())
                    .comparing(number, actual.lastNumber()));
        }
        return this;
    }

    private TestClientAssert isAway(boolean isExpected, String otherwise) {
        var unused = actual.testHub().pace().settleUntil(() -> actual.session().isAway() == isExpected);
        if (actual.session().isAway() != isExpected || !actual.session().isConnected()) {
            throw failure(new Expectation(
                            "the session of " + actual + (isExpected ? " to be away" : " to have a connection"),
                            actual.session().isConnected() ? otherwise : "it is over")
                    .withHint(reasonOfHub()));
        }
        return this;
    }

    /** No message at all has arrived. */
    public TestClientAssert receivedNothing() {
        if (!actual.messages().isEmpty()) {
            throw failure(new Expectation(
                    actual + " to have received nothing",
                    "it received " + actual.messages().size() + ", the first is "
                            + actual.messages().get(0)));
        }
        return this;
    }

    /** These messages have arrived, byte for byte, and no others. */
    public TestClientAssert receivedExactly(String... frames) {
        return hasExactly("messages", List.of(frames), actual.frames());
    }

    /** Messages of these events have arrived in this order, answers and errors included, and no others. */
    public TestClientAssert receivedEvents(String... events) {
        return hasExactly(
                "events",
                List.of(events),
                actual.messages().stream().map(ReceivedMessage::event).toList());
    }

    /**
     * The payloads of an event that the hub sent of its own accord: no errors, and no answers to messages with an id.
     *
     * @throws IllegalArgumentException if the event has no payload, or one does not fit
     */
    public <T> ReceivedAssert<T> received(EventType<T> type) {
        return new ReceivedAssert<>(actual, type.name(), actual.received(type));
    }

    /**
     * The payloads of an event that the hub sent of its own accord: no errors, and no answers to messages with an id.
     *
     * @throws IllegalArgumentException if one does not fit
     */
    public <T> ReceivedAssert<T> received(String event, Class<T> payload) {
        return new ReceivedAssert<>(actual, event, actual.received(event, payload));
    }

    /** All messages of an event, answers and errors too. */
    public ReceivedAssert<ReceivedMessage> received(String event) {
        return new ReceivedAssert<>(actual, event, actual.received(event));
    }

    private TestClientAssert isClosedWith(String expected, Predicate<CloseReason> rule, Object expectedValue) {
        if (actual.testHub().mode() == Mode.REAL) { // nobody can know that all is done
            var unused = actual.testHub()
                    .pace()
                    .settleUntil(() -> actual.inbox().closedWith().isPresent());
        }
        if (actual.inbox().closedWith().filter(rule).isEmpty()) {
            String instead = actual.inbox()
                    .closedWith()
                    .map(reason -> "it is closed with " + text(reason))
                    .orElse("the connection is still open");
            throw failure(new Expectation(actual + " to be closed with " + expected, instead)
                    .withHint(reasonOfHub())
                    .comparing(expectedValue, actual.inbox().closedWith().orElse(null)));
        }
        actual.inbox().expectEnd();
        return this;
    }

    private TestClientAssert hasExactly(String what, List<String> expected, List<String> found) {
        if (!expected.equals(found)) {
            int index = 0;
            while (index < Math.min(expected.size(), found.size())
                    && expected.get(index).equals(found.get(index))) {
                index++;
            }
            throw failure(new Expectation(
                            "exactly " + expected.size() + " " + what + " to " + actual + ", number " + (index + 1)
                                    + " being " + element(expected, index),
                            "it received " + found.size() + ", and number " + (index + 1) + " is "
                                    + element(found, index))
                    .comparing(String.join("\n", expected), String.join("\n", found)));
        }
        return this;
    }

    private static String element(List<String> list, int index) {
        return index < list.size() ? list.get(index) : "missing";
    }

    private Optional<String> reasonOfHub() {
        return actual.testHub()
                .sessionEndOf(actual.name())
                .map(reason -> "the hub ended the session with " + text(reason));
    }

    private static String text(CloseReason reason) {
        return Journal.describe(reason);
    }

    private AssertionError failure(Expectation expectation) {
        return FailureReport.of(actual).failure(expectation.describedAs(descriptionText()));
    }
}
