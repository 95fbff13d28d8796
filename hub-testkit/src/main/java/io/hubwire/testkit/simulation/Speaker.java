// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.testkit.TestClient;
import java.util.function.Consumer;
import java.util.function.Function;

/** The half of a player that sends; without a connection nothing is sent. For the test's thread. */
abstract sealed class Speaker permits Player {
    Speaker() {}

    /** Sends an event without a payload. */
    public void send(String event) {
        speak(client -> client.send(event));
    }

    /** Sends an event. */
    public void send(String event, Object data) {
        speak(client -> client.send(event, data));
    }

    /** Sends an event. */
    public <T> void send(EventType<T> type, T data) {
        speak(client -> client.send(type, data));
    }

    /** Sends a message without a payload and with an id, so that it is answered. */
    public void request(String event) {
        ask(event, client -> client.request(event));
    }

    /** Sends a message with an id, so that it is answered. */
    public void request(String event, Object data) {
        ask(event, client -> client.request(event, data));
    }

    /** Sends a request. */
    public <Q> void request(RequestType<Q, ?> type, Q data) {
        ask(type.name(), client -> client.request(type, data));
    }

    /** Asks to enter a group, by the standard event. */
    public void join(String group) {
        ask("join", client -> client.join(group));
    }

    /** Asks to leave a group, by the standard event. */
    public void quit(String group) {
        ask("quit", client -> client.quit(group));
    }

    /**
     * Answers the oldest question of this kind that waits for the test, if one does; {@link io.hubwire.protocol.EventException} is an
     * answer, too. What the client {@linkplain TestClient#answers answers by itself} does not wait.
     */
    public <Q, A> void answer(RequestType<Q, A> type, Function<? super Q, ? extends A> answer) {
        speak(client -> client.questions(type).stream().findFirst().ifPresent(question -> question.answerBy(answer)));
    }

    /** Sends a text message as it is; one with an id is not taken for a request. */
    public void sendRaw(String text) {
        speak(client -> client.sendRaw(text));
    }

    /** Sends something that is answered. */
    abstract void ask(String event, Consumer<TestClient> request);

    /** Sends something. */
    abstract void speak(Consumer<TestClient> message);
}
