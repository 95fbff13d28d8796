// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.ErrorCode;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question of the hub to a client, which the test answers when it likes: at once, too late, twice, or never. For the test's
 * thread.
 *
 * @param <Q> what the question's data is read as
 * @param <A> what it is answered with
 */
public final class Question<Q, A> {
    private final TestClient client;
    private final ReceivedMessage message;
    private final Type payloadType;

    Question(TestClient client, ReceivedMessage message, Type payloadType) {
        this.client = client;
        this.message = message;
        this.payloadType = payloadType;
    }

    /** As it arrived. */
    public ReceivedMessage message() {
        return message;
    }

    /**
     * What is asked.
     *
     * @throws IllegalArgumentException if it has no data, or data that does not fit
     */
    public Q data() {
        return message.bound(payloadType);
    }

    /**
     * Its data has all that this value is written as.
     *
     * @throws AssertionError if not
     */
    public Question<Q, A> hasData(Object value) {
        var unused = asserted().hasData(value);
        return this;
    }

    /**
     * Its data has all of this JSON: keys that are not named may be there.
     *
     * @throws AssertionError if not
     * @throws IllegalArgumentException if that is no JSON
     */
    public Question<Q, A> hasData(String json) {
        var unused = asserted().hasData(json);
        return this;
    }

    /**
     * Answers, over the connection that the client has now.
     *
     * @throws AssertionError if it has none
     */
    public void answer(A answer) {
        say(ClientJson.answer(message, Optional.of(answer)));
    }

    /**
     * Answers without data, over the connection that the client has now.
     *
     * @throws AssertionError if it has none
     */
    public void answer() {
        say(ClientJson.answer(message, Optional.empty()));
    }

    /**
     * Answers with an error, over the connection that the client has now.
     *
     * @throws AssertionError if it has none
     */
    public void refuse(ErrorCode code) {
        say(ClientJson.refusal(message, code, Optional.empty()));
    }

    /**
     * Answers with an error and its data, over the connection that the client has now.
     *
     * @throws AssertionError if it has none
     */
    public void refuse(ErrorCode code, Object data) {
        say(ClientJson.refusal(message, code, Optional.of(data)));
    }

    /**
     * Answers what this makes of the question, over the connection that the client has now; {@link
     * io.hubwire.protocol.EventException} is an answer, too.
     *
     * @throws AssertionError if it has none
     */
    public void answerBy(Function<? super Q, ? extends A> answer) {
        QuestionAnswers once = new QuestionAnswers();
        once.put(message.event(), question -> answer.apply(data()));
        say(once.answerTo(message).orElseThrow());
    }

    private void say(String text) {
        message.mark(ReceivedMessage.Reading.READ);
        client.say(text);
    }

    private MessageAssert asserted() {
        return new MessageAssert(client, "the question '" + message.event() + "' to " + client, message);
    }

    /** As transcripts show it. */
    @Override
    public String toString() {
        return message.toString();
    }
}
