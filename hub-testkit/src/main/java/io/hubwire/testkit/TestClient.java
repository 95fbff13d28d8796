// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.FailureReport.Expectation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client in memory: the other end of a connection, seen from outside.
 *
 * <p>Whatever it does is carried through to the end before the call returns, except what waits for time to pass. What
 * it received stays readable after the connection is gone. For the test's thread.
 */
public final class TestClient {
    private final TestHub hub;
    private final String name;
    private final FakeConnection connection;
    private final List<ReceivedMessage> messages = new ArrayList<>();
    private int requests;
    private int pings;
    private boolean answersPings = true;
    private @Nullable CloseReason closedWith;
    private @Nullable Client session;

    private TestClient(TestHub hub, String name, SendCompletion completion, int socketBuffer) {
        this.hub = hub;
        this.name = name;
        this.connection = new FakeConnection(hub.runtime(), name, new End(), completion, socketBuffer);
    }

    static TestClient open(
            TestHub hub, String name, SendCompletion completion, int socketBuffer, HandshakeResult.Accepted accepted) {
        TestClient client = new TestClient(hub, name, completion, socketBuffer);
        hub.record(name, Transcript.Mark.LIFECYCLE, "connected");
        hub.opens(client);
        ConnectionHandler handler = accepted.open(client.connection);
        client.connection.attach(handler);
        client.rememberSession();
        return client;
    }

    // --- who it is

    /** What transcripts call it. */
    public String name() {
        return name;
    }

    /**
     * The hub's public id of its session.
     *
     * @throws AssertionError if the hub began none
     */
    public String id() {
        return hub.idOf(name)
                .orElseThrow(() -> failure(new Expectation(name + " to have a session", "the hub began none")));
    }

    /**
     * The hub's view of it.
     *
     * @throws AssertionError if the hub began no session
     */
    public Client session() {
        rememberSession();
        if (session == null) {
            throw failure(new Expectation(name + " to have a session", "the hub began none"));
        }
        return session;
    }

    /** Whether its connection is open, as far as it knows. */
    public boolean isConnected() {
        return closedWith == null;
    }

    /** How its connection ended: 1006 if it saw no close frame. */
    public Optional<CloseReason> closedWith() {
        return Optional.ofNullable(closedWith);
    }

    // --- what it sends

    /** Sends an event without a payload. */
    public void send(String event) {
        transmit(event, Optional.empty(), Optional.empty());
    }

    /** Sends an event. */
    public void send(String event, Object data) {
        transmit(event, Optional.of(data), Optional.empty());
    }

    /** Sends an event without a payload. */
    public void send(EventType<Void> type) {
        send(type.name());
    }

    /** Sends an event. */
    public <T> void send(EventType<T> type, T data) {
        send(type.name(), data);
    }

    /** Sends a message without a payload and with an id, so that it is answered. */
    public Reply<Object> request(String event) {
        return ask(event, Optional.empty(), Object.class);
    }

    /** Sends a message with an id, so that it is answered. */
    public Reply<Object> request(String event, Object data) {
        return ask(event, Optional.of(data), Object.class);
    }

    /** Sends an event with an id, so that it is answered. */
    public <T> Reply<Object> request(EventType<T> type, T data) {
        return ask(type.name(), Optional.of(data), Object.class);
    }

    /** Sends a request without a payload. */
    public <A> Reply<A> request(RequestType<Void, A> type) {
        return ask(type.name(), Optional.empty(), type.answerType());
    }

    /** Sends a request. */
    public <Q, A> Reply<A> request(RequestType<Q, A> type, Q data) {
        return ask(type.name(), Optional.of(data), type.answerType());
    }

    /** Asks to enter a group, by the standard event. */
    public Reply<Object> join(String group) {
        return request("join", Map.of("id", group));
    }

    /** Asks to leave a group, by the standard event. */
    public Reply<Object> quit(String group) {
        return request("quit", Map.of("id", group));
    }

    /** Sends a text message as it is. */
    public void sendRaw(String text) {
        sendPart(text, true);
    }

    /** Sends a part of a text message. */
    public void sendPart(String part, boolean last) {
        hub.record(name, Transcript.Mark.SENT, (last ? "raw " : "part ") + Transcript.shorten(part));
        act(handler -> handler.onText(part, last));
    }

    /** Sends a binary message. */
    public void sendBinary() {
        violate(CloseReason.UNSUPPORTED_DATA);
    }

    /** Does what the container notices and the hub does not allow. */
    public void violate(CloseReason reason) {
        hub.record(name, Transcript.Mark.SENT, "a violation: " + Journal.describe(reason));
        act(handler -> handler.onViolation(reason));
    }

    /** Sends a protocol pong that nobody asked for. */
    public void pong() {
        act(ConnectionHandler::onPong);
    }

    // --- how it behaves

    /** Reads nothing more, not even pings: the socket's buffer fills up. */
    public void stopReading() {
        note("stopped reading");
        connection.stopReading();
    }

    /** Reads what has piled up, and goes on. */
    public void resumeReading() {
        note("reads again");
        connection.resumeReading();
        hub.settle();
    }

    /** Reads, but answers no protocol ping from now on. */
    public void ignorePings() {
        note("ignores pings");
        answersPings = false;
    }

    /** The connection is reset: no close frame, what was on the way is lost, the hub is told 1006. */
    public void drop() {
        note("dropped the connection (no close frame)");
        connection.drop();
        hub.settle();
    }

    /** The peer is gone and nobody is told: nothing arrives in either direction any more. */
    public void vanish() {
        note("vanished (half-open: nobody is told)");
        connection.vanish();
    }

    /** Says goodbye with 1000. */
    public void close() {
        close(CloseReason.NORMAL);
    }

    /** Says goodbye. */
    public void close(CloseReason reason) {
        note("closes with " + Journal.describe(reason));
        connection.closeByClient(reason);
        hub.settle();
    }

    /** Lets the hub's next send to this client fail. */
    public void failNextSend() {
        note("the next send to it fails");
        connection.failNextSend();
    }

    // --- what it received

    /** All messages, in the order in which they arrived; a snapshot. */
    public List<ReceivedMessage> messages() {
        return List.copyOf(messages);
    }

    /** All messages, byte for byte. */
    public List<String> frames() {
        return messages.stream().map(ReceivedMessage::text).toList();
    }

    /** All messages of an event, answers and errors too. */
    public List<ReceivedMessage> received(String event) {
        return messages.stream()
                .filter(message -> message.event().equals(event))
                .toList();
    }

    /**
     * The payloads of an event that the hub sent of its own accord: no errors, and no answers to messages with an id.
     *
     * @throws IllegalArgumentException if the event has no payload, or one does not fit
     */
    public <T> List<T> received(EventType<T> type) {
        return payloads(type.name(), type.payloadType());
    }

    /**
     * The payloads of an event that the hub sent of its own accord: no errors, and no answers to messages with an id.
     *
     * @throws IllegalArgumentException if one does not fit
     */
    public <T> List<T> received(String event, Class<T> type) {
        return payloads(event, type);
    }

    /** How many protocol pings it has received. */
    public int pings() {
        return pings;
    }

    /** What happened between it and the hub, with virtual times. */
    public String transcript() {
        return hub.transcriptOf(name);
    }

    @Override
    public String toString() {
        return name;
    }

    TestHub testHub() {
        return hub;
    }

    private void rememberSession() {
        if (session == null) {
            session = hub.idOf(name).flatMap(hub.hub()::find).orElse(null);
        }
    }

    private <T> List<T> payloads(String event, Type type) {
        if (type == Void.class) {
            throw new IllegalArgumentException("'" + event + "' has no payload: look at received(\"" + event + "\")");
        }
        return messages.stream()
                .filter(message -> message.isPush() && message.event().equals(event))
                .map(message -> message.<T>bound(type))
                .toList();
    }

    private <A> Reply<A> ask(String event, Optional<Object> data, Type answer) {
        String id = Integer.toString(++requests);
        transmit(event, data, Optional.of(id));
        return new Reply<>(this, event, id, answer);
    }

    private void transmit(String event, Optional<Object> data, Optional<String> id) {
        String text = ClientJson.write(event, data, id);
        hub.record(name, Transcript.Mark.SENT, ClientJson.describe(event, data, id));
        act(handler -> handler.onText(text, true));
    }

    private void act(Consumer<ConnectionHandler> action) {
        if (closedWith != null) {
            throw failure(new Expectation(
                    name + " to be connected, so that it can send",
                    "its connection is closed with " + Journal.describe(closedWith)));
        }
        connection.tellHub(action);
        hub.settle();
    }

    private void note(String what) {
        hub.record(name, Transcript.Mark.LIFECYCLE, what);
    }

    private AssertionError failure(Expectation expectation) {
        return FailureReport.of(this).failure(expectation);
    }

    /** What the connection brings. */
    private final class End implements FakeConnection.Peer {
        @Override
        public void onText(String text) {
            ReceivedMessage message = ClientJson.read(text, hub.time().elapsed());
            messages.add(message);
            hub.record(name, Transcript.Mark.RECEIVED, message.toString());
        }

        @Override
        public boolean onPing() {
            pings++;
            return answersPings;
        }

        @Override
        public void onClosed(CloseReason reason) {
            closedWith = reason;
            note("closed with " + Journal.describe(reason));
            hub.isGone(TestClient.this);
        }
    }
}
