// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.EventType;
import io.hubwire.GroupPattern;
import io.hubwire.RequestType;
import io.hubwire.RouteDefinition;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The receiving half of a test client: what arrived, and what a test expects of it. For the test's thread, except what
 * the connection brings.
 */
abstract sealed class Recipient permits SessionHolder {
    private final TestHub hub;
    private final String name;
    private final Inbox inbox = new Inbox();
    private final KnownGroups groups = new KnownGroups();

    Recipient(TestHub hub, String name) {
        this.hub = hub;
        this.name = name;
    }

    /** What transcripts call it. */
    public String name() {
        return name;
    }

    // --- what it expects: in order of arrival, each message once

    /**
     * Expects the next push that was not read yet to be of this event, and reads it. Errors and answers are no pushes.
     *
     * @throws AssertionError if it is of another event, or there is none
     */
    public MessageAssert expectPush(String event) {
        return expectations().push(event);
    }

    /**
     * Expects the next push that was not read yet to be of this event, and reads it. Errors and answers are no pushes.
     *
     * @throws AssertionError if it is of another event, or there is none
     */
    public MessageAssert expectPush(EventType<?> type) {
        return expectPush(type.name());
    }

    /**
     * Expects a push of this event among those that were not read yet, reads it, and passes over those before it.
     *
     * @throws AssertionError if there is none
     */
    public MessageAssert skipTo(String event) {
        return expectations().skipTo(event);
    }

    /**
     * Expects a push of this event among those that were not read yet, reads it, and passes over those before it.
     *
     * @throws AssertionError if there is none
     */
    public MessageAssert skipTo(EventType<?> type) {
        return skipTo(type.name());
    }

    /**
     * Passes over pushes of these events, in all expectations from now on.
     *
     * @param events names; {@code *} stands for any characters, as in {@code presence/*}
     * @throws IllegalArgumentException if one is empty, or has a character that no event's name can have
     */
    public TestClient ignoring(String... events) {
        Arrays.stream(events).map(GroupPattern::of).forEach(inbox::ignore);
        return self();
    }

    /**
     * Expects the next question that was neither read nor answered to be of this kind, and reads it. What the client {@linkplain
     * TestClient#answers answers by itself} is found by {@link #received(String)}.
     *
     * @throws AssertionError if it is of another kind, or there is none
     */
    public <Q, A> Question<Q, A> expectQuestion(RequestType<Q, A> type) {
        return new Question<>(self(), expectations().question(type.name()), type.payloadType());
    }

    /**
     * Expects the next question that was neither read nor answered to be of this name, and reads it. What the client {@linkplain
     * TestClient#answers answers by itself} is found by {@link #received(String)}.
     *
     * @throws AssertionError if it has another name, or there is none
     */
    public Question<Object, Object> expectQuestion(String event) {
        return new Question<>(self(), expectations().question(event), Object.class);
    }

    /**
     * Expects the answer to a message of this client, and reads it.
     *
     * @throws AssertionError if it has not come
     * @throws IllegalArgumentException if another client asked
     */
    public MessageAssert expectReply(Reply<?> reply) {
        return expectations().reply(reply);
    }

    /**
     * Expects the next error without an id that was not read yet to be under this name, and reads it; a message that
     * cannot be read is answered under the name {@code error}.
     *
     * @throws AssertionError if it has another name, or there is none
     */
    public MessageAssert expectError(String event) {
        return expectations().error(event);
    }

    /**
     * Expects the next error without an id that was not read yet to be this one, under whatever name, and reads it.
     *
     * @throws AssertionError if it is another one, or there is none
     */
    public MessageAssert expectError(ErrorCode code) {
        return expectations().error(code);
    }

    /**
     * Expects that no push is unread. In {@link Mode#REAL} this is said of what has arrived so far: one that the hub is about
     * to send, or that is under way, is not seen.
     *
     * @throws AssertionError if one is
     */
    public void expectNoPush() {
        expectations().noPush();
    }

    /**
     * Expects that no push is unread, and lets time pass without one.
     *
     * @throws AssertionError if one is, or comes
     * @throws IllegalStateException in {@link Mode#REAL}, where time is not the test's
     */
    public void expectNoPushFor(Duration duration) {
        expectations().noPushFor(duration);
    }

    /**
     * Expects the connection to have ended with this code; 1006 if it saw no close frame.
     *
     * @throws AssertionError if it is open, or ended with another
     */
    public void expectClosed(int code) {
        expectations().closed(String.valueOf(code), code, reason -> reason.code() == code);
    }

    /**
     * Expects the connection to have ended with this reason.
     *
     * @throws AssertionError if it is open, or ended with another
     */
    public void expectClosed(CloseReason expected) {
        expectations().closed(Journal.describe(expected), expected, expected::equals);
    }

    // --- what it received: looking changes nothing

    /** Whether its connection is open, as far as it knows. */
    public boolean isConnected() {
        return inbox.closedWith().isEmpty();
    }

    /** How its connection ended: 1006 if it saw no close frame. */
    public Optional<CloseReason> closedWith() {
        inbox.closedWith().ifPresent(reason -> inbox.expectEnd());
        return inbox.closedWith();
    }

    /** All messages, in the order in which they arrived; a snapshot. */
    public List<ReceivedMessage> messages() {
        return seen(inbox.messages());
    }

    /** All messages, byte for byte. */
    public List<String> frames() {
        return messages().stream().map(ReceivedMessage::text).toList();
    }

    /** All messages of an event, answers and errors too. */
    public List<ReceivedMessage> received(String event) {
        return seen(inbox.messages().stream()
                .filter(message -> message.event().equals(event))
                .toList());
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

    /** The questions of this kind that wait for the test: not read, and not answered by the client itself. A snapshot. */
    public <Q, A> List<Question<Q, A>> questions(RequestType<Q, A> type) {
        return inbox.unreadQuestions().stream()
                .filter(question -> question.event().equals(type.name()))
                .map(question -> new Question<Q, A>(self(), question, type.payloadType()))
                .toList();
    }

    /**
     * The groups that it is in, as far as it was told: by the answers to {@code join} and {@code quit}; in the hubwire.v1 profile also
     * when it is taken out of one, and when its session goes on. A snapshot.
     */
    public Set<String> groups() {
        return groups.names();
    }

    /** How many protocol pings it has received. */
    public int pings() {
        return inbox.pings();
    }

    @Override
    public String toString() {
        return name;
    }

    TestHub testHub() {
        return hub;
    }

    Inbox inbox() {
        return inbox;
    }

    KnownGroups knownGroups() {
        return groups;
    }

    /** What is known about an event that the hub has no handler for, if that is what a message says. */
    Optional<String> unknownEvent(ReceivedMessage message) {
        if (message.code() != ErrorCode.UNKNOWN_EVENT.number()) {
            return Optional.empty();
        }
        List<String> routes =
                hub.hub().events().routes().stream().map(RouteDefinition::name).toList();
        String nearest = NearestName.of(message.event(), routes)
                .map(route -> "; nearest is '" + route + "'")
                .orElse("");
        return Optional.of("no handler for event '" + message.event() + "'" + nearest);
    }

    /** A text message arrives. */
    void receives(String text) {
        add(read(text));
    }

    ReceivedMessage read(String text) {
        return ClientJson.read(text, hub.pace().elapsed(), hub.redactor());
    }

    void add(ReceivedMessage message) {
        inbox.add(message);
        groups.learn(message);
        hub.recordReceived(name, message);
    }

    abstract TestClient self();

    private Expectations expectations() {
        return new Expectations(self());
    }

    private <T> List<T> payloads(String event, Type type) {
        if (type == Void.class) {
            throw new IllegalArgumentException("'" + event + "' has no payload: look at received(\"" + event + "\")");
        }
        List<ReceivedMessage> pushes = inbox.messages().stream()
                .filter(message -> message.isPush() && message.event().equals(event))
                .toList();
        return seen(pushes).stream().map(message -> message.<T>bound(type)).toList();
    }

    private static List<ReceivedMessage> seen(List<ReceivedMessage> messages) {
        messages.forEach(message -> message.mark(ReceivedMessage.Reading.SEEN));
        return messages;
    }
}
