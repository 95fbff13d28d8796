// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.SessionPosition.Welcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The half of a test client that comes back: its connection, the session that it holds if it speaks the hubwire.v1 profile,
 * and the next connection. For the test's thread, except what the connection brings.
 */
abstract sealed class SessionHolder extends Recipient permits TestClient {
    /** As handshakes name it. */
    static final String PROFILE = "hubwire.v1";

    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(1);
    private static final String CLASSIC = " speaks the classic profile, in which nobody comes back:"
            + " let it be resuming(), or connect another client";
    private static final String HELLO = "hub/hello";
    private static final String GAP = "hub/gap";

    private final ConnectRequest request;
    private final SessionPosition position = new SessionPosition();
    private volatile ClientLink link;

    /** Which of its attempts to connect is the newest; the connections of all others mean nothing any more. */
    private volatile int newest;

    /** Between the request for a connection and the connection. */
    private volatile boolean isAwaitingConnection;

    private volatile boolean isAcknowledgementPending;

    /** The answer to a hello of any of its connections. */
    private volatile @Nullable ReceivedMessage welcome;

    /** How many messages are those of earlier sessions. */
    private volatile int messagesBefore;

    SessionHolder(TestHub hub, ConnectRequest request, ClientLink link) {
        super(hub, request.name());
        this.request = request;
        this.link = link;
    }

    // --- coming back

    /**
     * Connects again and claims the session with what it has, whether or not the hub has noticed that it was gone; from a
     * connection that is still open it reads nothing more.
     *
     * @throws AssertionError if the hub refuses, closes, or does not answer; not if it says that the session is lost
     * @throws IllegalStateException if it does not speak the hubwire.v1 profile
     */
    public void reconnect() {
        greeted(tryReconnect());
    }

    /**
     * Connects again without claiming anything.
     *
     * @throws AssertionError if the hub refuses, closes, or does not answer
     * @throws IllegalStateException if it does not speak the hubwire.v1 profile
     */
    public void reconnectAnew() {
        greeted(tryReconnectAnew());
    }

    /**
     * Connects again and claims a session, whosever that is, from behind a number.
     *
     * @throws AssertionError if the hub refuses, closes, or does not answer; not if it says that the session is lost
     * @throws IllegalStateException if it does not speak the hubwire.v1 profile
     */
    public void claim(String session, long number) {
        greeted(tryClaim(session, number));
    }

    /** As {@link #reconnect}; what becomes of it is a result. */
    public ConnectAttempt tryReconnect() {
        String session = position.session();
        return enter(Optional.of(new Claim(session, position.last())).filter(claim -> !session.isEmpty()));
    }

    /** As {@link #claim}; what becomes of it is a result. */
    public ConnectAttempt tryClaim(String session, long number) {
        return enter(Optional.of(new Claim(session, number)));
    }

    /** As {@link #reconnectAnew}; what becomes of it is a result. */
    public ConnectAttempt tryReconnectAnew() {
        return enter(Optional.empty());
    }

    private ConnectAttempt enter(Optional<Claim> claim) {
        Greeting greeting = requireGreeting().claiming(claim);
        int number = newest + 1;
        newest = number;
        leave(link);
        isAwaitingConnection = true;
        position.greets(claim);
        inbox().close(CloseReason.CONNECTION_LOST);
        inbox().expectEnd();
        ConnectAttempt attempt = new ConnectAttempt(testHub(), name(), next -> arrive(number, next, greeting));
        attempt.start(request);
        return attempt;
    }

    /** Before a claim, a client stops reading older connections. */
    private static void leave(ClientLink earlier) {
        try {
            earlier.stopReading();
        } catch (UnsupportedOperationException e) {
            earlier.sayGoodbye(CloseReason.GOING_AWAY);
        }
    }

    private Greeting requireGreeting() {
        return request.greeting().orElseThrow(() -> new IllegalStateException(name() + CLASSIC));
    }

    private TestClient arrive(int number, ClientLink next, Greeting greeting) {
        if (number == newest) {
            link = next;
            isAwaitingConnection = false;
            inbox().reopen();
            note("connected again");
        } else {
            leave(next); // it has asked for another one since, and says hello here all the same
        }
        greet(next, greeting);
        return self();
    }

    /** Says what the profile wants to hear first, if it wants to. */
    void greetFirst() {
        request.greeting().ifPresent(greeting -> {
            position.greets(greeting.claim());
            greet(link, greeting);
        });
    }

    /** Behind the opening of the connection, which may not be over yet. */
    private void greet(ClientLink to, Greeting greeting) {
        testHub().record(name(), Transcript.Mark.SENT, greeting.shown());
        testHub().pace().wire().execute("hello of " + name(), () -> to.sendText(greeting.text(), true));
    }

    private void greeted(ConnectAttempt attempt) {
        attempt.client().requireGreeted();
    }

    void requireGreeted() {
        if (!isResuming()) {
            return;
        }
        var unused = testHub().pace().settleUntil(() -> isGreeted() || !isConnected());
        if (!isGreeted()) {
            throw failure(new Expectation("the hello of " + name() + " to be answered", "it is not")
                    .withHint(inbox().closedWith()
                            .map(reason -> "its connection is closed with " + Journal.describe(reason))));
        }
    }

    // --- what it expects

    /**
     * Expects that its latest hello was answered, and that its session goes on.
     *
     * @throws AssertionError if not
     */
    public void expectResumed() {
        Welcome welcome = nextWelcome("its session to go on");
        if (!welcome.isResumed()) {
            throw failure(new Expectation("the session of " + name() + " to go on", "the hub began " + welcome));
        }
    }

    /**
     * Expects that its latest hello was answered by a new session, for this reason: {@code none}, {@code unknown}, {@code
     * expired}, {@code gap}, {@code identity}, {@code evicted}, {@code other-node} or {@code disabled}.
     *
     * @throws AssertionError if not
     */
    public void expectNotResumed(String reason) {
        Welcome welcome = nextWelcome("a new session");
        if (welcome.isResumed() || !welcome.reason().equals(reason)) {
            throw failure(new Expectation(
                            "the hub to begin a new session for " + name() + ", because of '" + reason + "'",
                            welcome.isResumed() ? "the old one goes on" : "the reason is '" + welcome.reason() + "'")
                    .comparing(reason, welcome.reason()));
        }
    }

    private Welcome nextWelcome(String what) {
        var unused = testHub().pace().settleUntil(this::isGreeted);
        position.looked();
        return position.welcome()
                .orElseThrow(() -> failure(new Expectation(
                        name() + " to be told of " + what, "its hello, if it has said one, is not answered")));
    }

    /**
     * Expects the next gap that was not read yet to be this one, and reads it.
     *
     * @throws AssertionError if it is another one, or there is none
     */
    public void expectGap(long from, long to) {
        JsonNode data = expectControl(GAP).message().dataTree().orElseThrow();
        String found = data.path("from").asLong() + "–" + data.path("to").asLong();
        if (!found.equals(from + "–" + to)) {
            throw failure(new Expectation("a gap " + from + "–" + to + " for " + name(), "it is " + found)
                    .comparing(from + "–" + to, found));
        }
    }

    /**
     * Expects a message of the protocol's own, such as {@code hub/drain}, among those that were not read yet, and reads it.
     *
     * @throws AssertionError if there is none
     */
    public MessageAssert expectControl(String event) {
        var unused =
                testHub().pace().settleUntil(() -> inbox().unreadControl(event).isPresent());
        ReceivedMessage message = inbox().unreadControl(event)
                .orElseThrow(() -> failure(new Expectation("'" + event + "' to " + name(), "none is unread")));
        message.mark(ReceivedMessage.Reading.READ);
        return new MessageAssert(self(), "'" + event + "' to " + name(), message);
    }

    // --- acknowledging

    /** Acknowledges at once what it has, if it has not. */
    public void acknowledge() {
        acknowledge(link);
        testHub().settle();
    }

    /** Whether it acknowledges by itself, after 32 counted messages or 1 s, whichever is first; default yes. */
    public void acknowledges(boolean choice) {
        position.acknowledges(choice);
    }

    private void acknowledgeInTime() {
        if (position.isAcknowledgementDue()) {
            acknowledge(link);
        } else if (position.isAcknowledgementOwed() && !isAcknowledgementPending) {
            isAcknowledgementPending = true;
            testHub().pace().wire().later("acknowledgement by " + name(), ACKNOWLEDGED_WITHIN, this::acknowledgeLate);
        }
    }

    private void acknowledgeLate() {
        isAcknowledgementPending = false;
        if (isConnected() && isGreeted() && position.isAcknowledgementOwed()) {
            acknowledge(link);
        }
    }

    private void acknowledge(ClientLink to) {
        OptionalLong number = position.acknowledge();
        if (number.isPresent()) {
            String text = ClientJson.acknowledgement(number.getAsLong());
            testHub().recordSent(name(), text);
            to.sendText(text, true);
        }
    }

    // --- what it has: looking changes nothing

    /** Up to which number it has everything; 0 if nothing was counted, as in the classic profile. */
    public long lastNumber() {
        return position.last();
    }

    /** By what it would claim its session; empty if it has none, as in the classic profile. */
    public Optional<String> claimable() {
        return Optional.of(position.session()).filter(session -> !session.isEmpty());
    }

    /** The answer to its latest hello, if that was answered. */
    public Optional<ReceivedMessage> welcome() {
        return Optional.ofNullable(welcome).filter(answer -> isGreeted());
    }

    /** All messages of the session that it has now, in the order in which they arrived; a snapshot. */
    public List<ReceivedMessage> messagesOfSession() {
        List<ReceivedMessage> all = messages();
        return all.subList(messagesBefore, all.size());
    }

    /** How many counted messages it was sent that it had already; it has ignored them. */
    public int duplicates() {
        return position.duplicates();
    }

    /** Whether its latest hello was answered, on the connection that it has now; never in the classic profile. */
    public boolean isGreeted() {
        return position.welcome().isPresent();
    }

    // --- what the connection brings

    @Override
    void receives(String text) {
        if (request.greeting().isEmpty()) {
            super.receives(text);
            return;
        }
        ClientFrame frame = ClientFrame.parse(text);
        long number = frame.first();
        boolean isCounting = false;
        for (String envelope : frame.envelopes()) {
            ReceivedMessage message = read(envelope);
            if (message.isCounted()) {
                isCounting = true;
                count(message, number++, text);
            } else {
                pass(message, text);
            }
        }
        frame.requireNumberIf(isCounting, text);
        acknowledgeInTime();
    }

    private void count(ReceivedMessage message, long number, String frame) {
        if (position.counts(number, frame)) {
            add(message.numbered(number));
        } else {
            testHub().record(name(), Transcript.Mark.RECEIVED, message.numbered(number) + "   (again, ignored)");
        }
    }

    private void pass(ReceivedMessage message, String frame) {
        if (!message.isControl()) {
            add(message);
            return;
        }
        JsonNode data = message.dataTree().orElseThrow(() -> new IllegalStateException("no data: " + frame));
        boolean isNews = true;
        if (message.event().equals(HELLO)) {
            testHub().isSessionOf(name(), position.greeted(data));
            beginSession(message);
            return;
        } else if (message.event().equals(GAP)) {
            isNews = position.misses(data.path("from").asLong(), data.path("to").asLong(), frame);
        }
        knownGroups().learn(message);
        if (isNews) {
            inbox().addControl(message);
        }
        testHub().recordReceived(name(), message);
    }

    private void beginSession(ReceivedMessage answer) {
        welcome = answer;
        knownGroups().are(answer.dataTree().orElseThrow().path("groups"));
        Welcome kind = position.welcome().orElseThrow();
        testHub().record(name(), Transcript.Mark.RECEIVED, HELLO + " " + kind);
        if (!kind.isResumed()) {
            messagesBefore = inbox().messages().size();
        }
    }

    SessionPosition position() {
        return position;
    }

    ClientLink link() {
        return link;
    }

    /** Nothing that older connections bring means anything, nor does their end. */
    @SuppressWarnings("ReferenceEquality") // this very connection
    boolean isListeningTo(ClientLink one) {
        return one == link && !isAwaitingConnection;
    }

    /** Whether a claim is not answered yet: until then the client may say nothing else. */
    boolean isClaiming() {
        return request.greeting().isPresent() && !isGreeted();
    }

    /** Whether it speaks the hubwire.v1 profile. */
    public boolean isResuming() {
        return request.greeting().isPresent();
    }

    abstract void note(String what);

    abstract AssertionError failure(Expectation expectation);
}
