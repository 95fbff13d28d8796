// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.ErrorCode;
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

    /** The answer, if it has come; looking reads nothing. */
    public Optional<ReceivedMessage> message() {
        Optional<ReceivedMessage> answer = client.inbox().answerTo(id);
        answer.ifPresent(message -> message.mark(ReceivedMessage.Reading.SEEN));
        return answer;
    }

    /**
     * Expects success; short for {@link TestClient#expectReply expectReply(reply).isOk()}.
     *
     * @throws AssertionError if there is an error, or no answer
     */
    public Reply<A> isOk() {
        client.expectReply(this).isOk();
        return this;
    }

    /**
     * Expects this error; short for {@link TestClient#expectReply expectReply(reply).failedWith(code)}.
     *
     * @throws AssertionError if there is success, another error, or no answer
     */
    public Reply<A> failedWith(ErrorCode code) {
        client.expectReply(this).failedWith(code);
        return this;
    }

    /**
     * Expects this code, 0 for success; short for {@link TestClient#expectReply expectReply(reply).hasCode(code)}.
     *
     * @throws AssertionError if there is another one, or no answer
     */
    public Reply<A> hasCode(int code) {
        client.expectReply(this).hasCode(code);
        return this;
    }

    /**
     * Expects that nothing has come yet.
     *
     * @throws AssertionError if an answer is there
     */
    public Reply<A> isUnanswered() {
        client.testHub().settle();
        message().ifPresent(message -> {
            throw FailureReport.of(client)
                    .failure(new Expectation("no answer yet to " + this + " of " + client, "there is one: " + message)
                            .pointingAt(message, "here"));
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
        return client.expectReply(this).isOk().message().bound(answerType);
    }

    /**
     * The data of the answer, be it success or an error.
     *
     * @throws AssertionError if there is no answer
     * @throws IllegalArgumentException if it has no data, or data that does not fit
     */
    public <T> T data(Class<T> type) {
        return client.expectReply(this).message().data(type);
    }

    String id() {
        return id;
    }

    /** Ids are told apart within one client only: another one's answer may have the same. */
    void requireOf(TestClient other) {
        if (client != other) {
            throw new IllegalArgumentException(
                    "the reply to " + this + " is " + client + "'s: " + other + " is never told");
        }
    }

    /** As failures show it: {@code 'chat/say' id=1}. */
    @Override
    public String toString() {
        return "'" + event + "' id=" + id;
    }
}
