// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import io.hubwire.testkit.ReceivedMessage;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.VirtualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One connection of a player, and what its client may expect of it. For one thread. */
final class Device {
    /** After these the hub forgets what waits. */
    private static final Set<CloseReason> WITHOUT_THE_REST = Set.of(
            CloseReason.SLOW_CONSUMER,
            CloseReason.TOO_BIG,
            CloseReason.UNSUPPORTED_DATA,
            CloseReason.INVALID_TEXT,
            CloseReason.PROTOCOL_ERROR,
            CloseReason.HEARTBEAT_TIMEOUT,
            CloseReason.CONNECTION_LOST);

    private final VirtualTime clock;
    private final TestClient client;
    private final SessionRecord session;
    private final Setup setup;
    private final Trace trace;
    private final Map<String, String> unanswered = new LinkedHashMap<>();
    private int requests;
    private int read;
    private boolean isStalled;
    private boolean hasBeenUnwell;
    private boolean isVanished;
    private boolean ignoresPings;
    private boolean isAboutToFail;
    private boolean isFarAway;
    private Duration lastSign;
    private boolean hasLeft;
    private boolean isGoodbyeChecked;

    /** What was asked over a connection that is gone: it may have been heard, or not. */
    private final Map<String, String> doubtful = new HashMap<>();

    Device(VirtualTime clock, TestClient client, SessionRecord session, Setup setup, Trace trace, int requests) {
        this.requests = requests;
        this.clock = clock;
        this.client = client;
        this.session = session;
        this.setup = setup;
        this.trace = trace;
        this.lastSign = now();
    }

    TestClient client() {
        return client;
    }

    SessionRecord session() {
        return session;
    }

    int requests() {
        return requests;
    }

    boolean isConnected() {
        return client.isConnected() && (!client.isResuming() || client.isGreeted());
    }

    /** The session goes on over another connection. */
    void goOn() {
        doubtful.putAll(unanswered);
        unanswered.clear();
        isStalled = false;
        isVanished = false;
        ignoresPings = false;
        isAboutToFail = false;
        isFarAway = false;
        hasLeft = false;
        lastSign = now();
    }

    /** Its client asks for another connection: what that is told is not about this session, unless it goes on. */
    void leave() {
        hasLeft = true;
    }

    boolean isVanished() {
        return isVanished;
    }

    /** Whether its next connection would be better. */
    boolean isToBeReplaced() {
        return isAboutToFail || (ignoresPings && client.isResuming());
    }

    /** Sends something. */
    void speak(Consumer<TestClient> message) {
        if (!isVanished) {
            lastSign = now();
        }
        message.accept(client);
    }

    /** The kit numbers the messages that want an answer. */
    void asked(String event) {
        unanswered.put(Integer.toString(++requests), event);
    }

    // --- how it behaves

    void stopReading() {
        isStalled = true;
        hasBeenUnwell = true;
        client.stopReading();
    }

    void resumeReading() {
        if (isStalled && !isVanished) {
            isStalled = false;
            setup.marks.happened(BuiltIn.STALLED_READS_AGAIN);
            client.resumeReading();
        }
    }

    void vanish() {
        isVanished = true;
        hasBeenUnwell = true;
        lastSign = now();
        client.vanish();
    }

    void ignorePings() {
        hasBeenUnwell = true;
        ignoresPings = true;
        lastSign = now();
        client.ignorePings();
    }

    void failNextSend() {
        hasBeenUnwell = true;
        isAboutToFail = true;
        client.failNextSend();
    }

    void latency(Duration oneWay) {
        isFarAway = !oneWay.isZero();
        hasBeenUnwell |= isFarAway; // what waits may take longer than a close grace
        client.latency(oneWay);
    }

    void comeNear() {
        if (isFarAway) {
            latency(Duration.ZERO);
        }
    }

    void drop() {
        if (!session.isSettled()) {
            setup.marks.happened(BuiltIn.DROP_UNREAD);
        }
        hasLeft = true;
        client.drop();
    }

    void close() {
        hasLeft = true;
        client.close();
    }

    // --- what must hold

    /** Looks at what has come since the last look. */
    void check() {
        List<ReceivedMessage> messages = client.messagesOfSession();
        for (; read < messages.size(); read++) {
            ReceivedMessage message = messages.get(read);
            trace.add("received", client.name(), message.text());
            long number = message.number().orElse(0);
            if (session.hasReceived(number)) {
                reject(session.receivedAgain(number, message.text()), message);
            } else {
                checkOrder(message);
                message.id().ifPresent(id -> checkAnswer(id, message));
            }
        }
        if (client.duplicates() > 0) {
            throw broken(BuiltIn.DELIVERY, "a duplicate", client.name() + " was sent again what it has");
        }
        session.takeDropped().forEach(frame -> FrameText.idOf(frame).ifPresent(this::dropped));
        checkEnd();
        checkSilence();
    }

    /** When everything has come to rest, and the client reads. */
    void checkComplete(String when) {
        List<Frame> missing = session.owed();
        if (!missing.isEmpty()) {
            throw broken(
                    BuiltIn.DELIVERY,
                    "loss",
                    when + ", " + client.name() + " is still missing " + FrameText.shown(missing));
        }
        if (!unanswered.isEmpty()) {
            String asked = unanswered.entrySet().stream()
                    .map(request -> request.getValue() + " id=" + request.getKey())
                    .toList()
                    .toString();
            throw broken(BuiltIn.REPLIES, "no answer", when + ", " + client.name() + " still waits for " + asked);
        }
    }

    private void checkOrder(ReceivedMessage message) {
        long number = message.number().orElse(0);
        reject(number == 0 ? session.received(message.text()) : session.received(number, message.text()), message);
    }

    private void reject(Optional<String> fault, ReceivedMessage message) {
        if (fault.isPresent()) {
            throw broken(
                    BuiltIn.DELIVERY,
                    fault.get(),
                    client.name() + " received " + message + " when these were due: "
                            + FrameText.shown(session.owed()));
        }
    }

    private void dropped(String id) {
        String event = unanswered.remove(id);
        if (event != null && client.isResuming()) {
            doubtful.put(id, event); // what is dropped of a session that is away may have been on its way
        }
    }

    private void checkAnswer(String id, ReceivedMessage message) {
        if (unanswered.remove(id) == null && doubtful.remove(id) == null) {
            throw broken(BuiltIn.REPLIES, "a second answer", client.name() + " received " + message);
        }
    }

    private void checkEnd() {
        Optional<CloseReason> end = session.end();
        if (end.isEmpty() || isGoodbyeChecked || client.isConnected() || session.hasBeenAway()) {
            return;
        }
        isGoodbyeChecked = true;
        if (isToldAnother(end.get())) {
            throw broken(
                    BuiltIn.REASON,
                    "",
                    client.name() + " was told "
                            + client.closedWith().map(Device::shown).orElse("nothing")
                            + ", and the hub ended its session with " + shown(end.get()));
        }
        boolean sawGoodbye = !hasLeft && client.closedWith().equals(end);
        if (sawGoodbye && !hasBeenUnwell && !WITHOUT_THE_REST.contains(end.get()) && !session.isSettled()) {
            throw broken(
                    BuiltIn.GOODBYE,
                    "loss",
                    client.name() + " was told " + shown(end.get()) + " and is missing "
                            + FrameText.shown(session.owed()));
        }
        if (end.get().equals(CloseReason.HEARTBEAT_TIMEOUT) && !hasBeenUnwell) {
            throw broken(BuiltIn.PATIENCE, "", client.name() + " was told " + shown(end.get()));
        }
    }

    /** Who closes itself, or loses the connection, is told nothing. */
    private boolean isToldAnother(CloseReason end) {
        return !hasLeft
                && client.closedWith()
                        .filter(told -> !told.equals(end) && !told.equals(CloseReason.CONNECTION_LOST))
                        .isPresent();
    }

    private void checkSilence() {
        boolean isSilent = isVanished || (ignoresPings && !client.isResuming()); // who acknowledges is not silent
        if (isSilent && session.isLive() && client.isConnected() && isLongAgo(lastSign)) {
            throw broken(
                    BuiltIn.GIVEN_UP_IN_TIME,
                    "",
                    client.name() + " has been silent for longer than " + setup.lingering
                            + ", and its session goes on");
        }
    }

    private boolean isLongAgo(Duration time) {
        return now().minus(time).compareTo(setup.lingering) > 0;
    }

    private static String shown(CloseReason reason) {
        return reason.code() + " " + reason.text();
    }

    private Duration now() {
        return clock.elapsed();
    }

    private BrokenException broken(String invariant, String how, String detail) {
        return new BrokenException(Broken.of(invariant, how, detail).seenBy(client.name()));
    }
}
