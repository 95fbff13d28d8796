// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.protocol.CloseReason;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client in memory: the other end of a connection, seen from outside.
 *
 * <p>Whatever it does is carried through to the end before the call returns, except what waits for time to pass. What
 * it received stays readable after the connection is gone. For the test's thread.
 */
public final class TestClient extends SessionHolder {
    private final TestHub hub;
    private final String name;
    private final StringBuilder parts = new StringBuilder();
    private final QuestionAnswers answers = new QuestionAnswers();
    private int requests;
    private volatile @Nullable Client session;

    TestClient(TestHub hub, ConnectRequest request, ClientLink link) {
        super(hub, request, link);
        this.hub = hub;
        this.name = request.name();
        rememberSession();
    }

    // --- who it is

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
        return Optional.ofNullable(session)
                .orElseThrow(() -> failure(new Expectation(name + " to have a session", "the hub began none")));
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

    // --- what it answers

    /**
     * Answers questions of this kind by itself from now on, as soon as they arrive; {@link io.hubwire.protocol.EventException} is an
     * answer, too. Any other question waits until the test {@linkplain #expectQuestion(RequestType) reads and answers} it.
     *
     * @param answer by the thread that receives: the test's, except in {@link Mode#REAL}
     */
    public <Q, A> void answers(RequestType<Q, A> type, Function<? super Q, ? extends A> answer) {
        answers.put(type.name(), question -> answer.apply(question.bound(type.payloadType())));
    }

    /** Answers questions of this kind, which have no payload; otherwise like {@link #answers(RequestType, Function)}. */
    public <A> void answers(RequestType<Void, A> type, Supplier<? extends A> answer) {
        answers.put(type.name(), question -> answer.get());
    }

    /** Answers questions of this name, nothing if it is null; otherwise like {@link #answers(RequestType, Function)}. */
    public void answers(String event, Function<ReceivedMessage, @Nullable Object> answer) {
        answers.put(event, answer);
    }

    @Override
    void add(ReceivedMessage message) {
        super.add(message);
        if (message.isQuestion()) {
            answers.answerTo(message).ifPresent(text -> {
                message.mark(ReceivedMessage.Reading.READ);
                hub.recordSent(name, text);
                link().sendText(text, true);
            });
        }
    }

    // --- what it sends as it is

    /** Sends a text message as it is. */
    public void sendRaw(String text) {
        sendPart(text, true);
    }

    /** Sends a part of a text message. */
    public void sendPart(String part, boolean last) {
        parts.append(part);
        hub.record(
                name, Transcript.Mark.SENT, last ? "raw " + wholeText() : "part of " + part.length() + " characters");
        act(() -> link().sendText(part, last));
    }

    /** Sends a binary message. */
    public void sendBinary(byte... message) {
        hub.record(name, Transcript.Mark.SENT, "binary of " + message.length + " bytes");
        act(() -> link().sendBinary(message));
    }

    /** Does what the container notices and the hub does not allow. */
    public void violate(CloseReason reason) {
        hub.record(name, Transcript.Mark.SENT, "a violation: " + Journal.describe(reason));
        act(() -> link().violate(reason));
    }

    /** Sends a protocol pong that nobody asked for. */
    public void pong() {
        act(link()::pong);
    }

    // --- how it behaves

    /** Reads nothing more, not even pings: the socket's buffer fills up. */
    public void stopReading() {
        link().stopReading();
        note("stopped reading");
    }

    /**
     * Reads what has piled up, and goes on.
     *
     * @throws IllegalStateException if it has vanished
     */
    public void resumeReading() {
        link().resumeReading();
        note("reads again");
        hub.settle();
    }

    /** Reads, but answers no protocol ping from now on. */
    public void ignorePings() {
        link().ignorePings();
        note("ignores pings");
    }

    /** The connection is reset: no close frame, what was on the way is lost, the hub is told 1006. */
    public void drop() {
        endsItself();
        note("dropped the connection (no close frame)");
        link().drop();
        hub.settle();
    }

    /** The peer is gone and nobody is told: nothing arrives in either direction any more. */
    public void vanish() {
        link().vanish();
        endsItself();
        note("vanished (half-open: nobody is told)");
    }

    /**
     * Lets what is sent from now on, by it or to it, arrive later. Order is kept; time is virtual unless the hub's is not.
     *
     * @throws IllegalArgumentException if it is negative, or longer than a day
     */
    public void latency(Duration oneWay) {
        link().latency(ConnectionTraits.checkedLatency(oneWay));
        note("is " + oneWay.toMillis() + " ms away from now on");
    }

    /** Says goodbye with 1000. */
    public void close() {
        close(CloseReason.NORMAL);
    }

    /** Says goodbye. */
    public void close(CloseReason reason) {
        endsItself();
        note("closes with " + Journal.describe(reason));
        link().sayGoodbye(reason);
        hub.settle();
    }

    /** Lets the hub's next send to this client fail. */
    public void failNextSend() {
        link().failNextSend();
        note("the next send to it fails");
    }

    /** What happened between it and the hub, with virtual times. */
    public String transcript() {
        return hub.transcriptOf(Set.of(name), Optional.empty());
    }

    ClientLink.Receiver receiver(ClientLink to) {
        return new End(to);
    }

    @Override
    TestClient self() {
        return this;
    }

    /** Whether the hub has begun its session, or never will. */
    boolean isSettledIn() {
        rememberSession();
        return (session != null && !isClaiming()) || inbox().closedWith().isPresent();
    }

    private void rememberSession() {
        Client known = session;
        Optional<String> current = hub.idOf(name);
        if (current.isPresent() && (known == null || !current.get().equals(known.id()))) {
            session = hub.hub().find(current.get()).orElse(null);
        }
    }

    private <A> Reply<A> ask(String event, Optional<Object> data, Type answer) {
        String id = Integer.toString(++requests);
        transmit(event, data, Optional.of(id));
        return new Reply<>(this, event, id, answer);
    }

    private void transmit(String event, Optional<Object> data, Optional<String> id) {
        say(ClientJson.write(event, data, id));
    }

    /** Sends a message of the protocol. */
    void say(String text) {
        if (isClaiming()) {
            throw failure(
                    new Expectation("the hello of " + name + " to be answered, so that it may send", "it is not"));
        }
        hub.recordSent(name, text);
        act(() -> link().sendText(text, true));
    }

    private void act(Runnable action) {
        inbox().closedWith().ifPresent(reason -> {
            throw failure(new Expectation(
                    name + " to be connected, so that it can send",
                    "its connection is closed with " + Journal.describe(reason)));
        });
        action.run();
        hub.settle();
    }

    /** A message in parts is shown as a whole, so that no secret hides in the seams. */
    private String wholeText() {
        String text = parts.toString();
        parts.setLength(0);
        return Transcript.shorten(hub.redactor().maskedFrame(text));
    }

    /** What it does after the hub has ended it, explains nothing. */
    private void endsItself() {
        if (isOpen()) {
            inbox().expectEnd();
        }
    }

    private boolean isOpen() {
        return inbox().closedWith().isEmpty() && hub.sessionEndOf(name).isEmpty();
    }

    @Override
    void note(String what) {
        hub.record(name, Transcript.Mark.LIFECYCLE, what);
    }

    @Override
    AssertionError failure(Expectation expectation) {
        return FailureReport.of(this).failure(expectation);
    }

    /** What one of its connections brings; it stops listening to it when it asks for another one. */
    private final class End implements ClientLink.Receiver {
        private final ClientLink from;

        End(ClientLink from) {
            this.from = from;
        }

        @Override
        public void onText(String text) {
            if (isListeningTo(from)) {
                receivesUnderMask(text);
            }
        }

        /** What is wrong with a frame is told with a part of it. */
        private void receivesUnderMask(String text) {
            try {
                receives(text);
            } catch (IllegalStateException e) { // is no cause: it may quote secrets
                throw new IllegalStateException(hub.redactor().masked(String.valueOf(e.getMessage())));
            }
        }

        @Override
        public void onPing() {
            if (isListeningTo(from)) {
                inbox().addPing();
            }
        }

        @Override
        public void onClosed(CloseReason reason) {
            if (isListeningTo(from)) {
                inbox().close(reason);
                note("closed with " + Journal.describe(reason));
                hub.isGone(name);
            } else {
                note("an earlier connection is closed with " + Journal.describe(reason));
            }
        }
    }
}
