// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.FailureReport.Expectation;
import java.lang.reflect.Type;
import java.util.Optional;

/**
 * The answer to one message, found by the message's id; it may come later, when time passes. For the test's thread.
 *
 * @param <A> what a successful answer's data is read as
 */
public final class Reply<A> {
    private final TestClient client;
    private final String event;
    private final String id;
    private final Type answerType;

    Reply(TestClient client, String event, String id, Type answerType) {
        this.client = client;
        this.event = event;
        this.id = id;
        this.answerType = answerType;
    }

    /** The answer, if it has come. */
    public Optional<ReceivedMessage> message() {
        return client.messages().stream()
                .filter(message -> message.id().filter(id::equals).isPresent())
                .findFirst();
    }

    /**
     * Expects success.
     *
     * @throws AssertionError if there is an error, or no answer
     */
    public Reply<A> isOk() {
        return hasCode(0, "code 0");
    }

    /**
     * Expects this error.
     *
     * @throws AssertionError if there is success, another error, or no answer
     */
    public Reply<A> failedWith(ErrorCode code) {
        return hasCode(code.number(), "error " + code);
    }

    /**
     * Expects that nothing has come yet.
     *
     * @throws AssertionError if an answer is there
     */
    public Reply<A> isUnanswered() {
        message().ifPresent(message -> {
            throw failure("no answer yet", "there is one: " + message);
        });
        return this;
    }

    /**
     * The data of a successful answer.
     *
     * @throws AssertionError if there is an error, or no answer
     * @throws IllegalArgumentException if it has no data, or data that does not fit
     */
    public A data() {
        isOk();
        return answer("data").bound(answerType);
    }

    /**
     * The data of the answer, be it success or an error.
     *
     * @throws AssertionError if there is no answer
     * @throws IllegalArgumentException if it has no data, or data that does not fit
     */
    public <T> T data(Class<T> type) {
        return answer("data").data(type);
    }

    private Reply<A> hasCode(int code, String expected) {
        ReceivedMessage message = answer(expected);
        if (message.code() != code) {
            throw report(new Expectation(expectedAnswer(expected), "it is " + described(message))
                    .comparing(code, message.code()));
        }
        return this;
    }

    private ReceivedMessage answer(String expected) {
        return message().orElseThrow(() -> failure(expected, "no answer has come"));
    }

    private AssertionError failure(String expected, String actual) {
        return report(new Expectation(expectedAnswer(expected), actual));
    }

    private String expectedAnswer(String expected) {
        return expected + " in the answer to '" + event + "' id=" + id + " of " + client.name();
    }

    private AssertionError report(Expectation expectation) {
        return FailureReport.of(client).failure(expectation);
    }

    private static String described(ReceivedMessage message) {
        return message.code() == 0
                ? "0"
                : message.code() + " \"" + message.errorMsg().orElse("") + "\"";
    }
}
