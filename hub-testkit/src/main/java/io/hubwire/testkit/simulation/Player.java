// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ConnectAttempt;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of a simulation: a user's device that connects, is cut off, and comes back.
 *
 * <p>It has one connection at a time, and a new session with each. What it does without a connection is not done. In a
 * simulation nothing is over when a call returns: the hub is still at work when the next action comes. For the test's
 * thread.
 */
public final class Player extends Speaker {
    private static final int ONE_IN_ANEW = 8;
    private static final CloseReason SENT_AWAY = CloseReason.ofApplication(4_500, "sent away");

    private final TestHub hub;
    private final HubModel model;
    private final Setup setup;
    private final Trace trace;
    private final int number;
    private final Supplier<TestClientBuilder> door;
    private final List<Device> devices = new ArrayList<>();
    private Random random = new Random(0);
    private @Nullable ConnectAttempt attempt;
    private @Nullable Device device;

    /** Its client, if that resumes: one for all its connections. */
    private @Nullable TestClient resuming;

    /** The hello that is not answered yet. */
    private @Nullable Comeback comeback;

    Player(TestHub hub, HubModel model, Setup setup, Trace trace, int number, Supplier<TestClientBuilder> door) {
        this.hub = hub;
        this.model = model;
        this.setup = setup;
        this.trace = trace;
        this.number = number;
        this.door = door;
    }

    // --- who it is

    /** {@code p0}, {@code p1}, and so on. */
    public String name() {
        return "p" + number;
    }

    /** Which of the players it is, from 0. */
    public int number() {
        return number;
    }

    /** The hub that it plays against. */
    public TestHub hub() {
        return hub;
    }

    /** Whether its connection is open, as far as it knows. */
    public boolean isConnected() {
        return device != null && comeback == null && device.isConnected();
    }

    /** Its newest connection, to be looked at: what is sent behind the player's back is not expected by the simulation. */
    public Optional<TestClient> client() {
        return Optional.ofNullable(device).map(Device::client);
    }

    /** Numbers that are the same in every run of this action. */
    public Random random() {
        return random;
    }

    /** Says that something has happened that {@link Simulation#sometimes} asks for. */
    public void happened(String mark) {
        setup.marks.happened(mark);
    }

    // --- how it behaves

    /** Connects anew, and cuts a connection that is still open; the hub may hear of the new one first. */
    public void reconnect() {
        if (resuming != null) {
            resume(resuming);
            return;
        }
        if (attempt != null) {
            return;
        }
        if (isConnected()) {
            drop();
        }
        if (device != null && device.session().isLive()) {
            setup.marks.happened(BuiltIn.BACK_BEFORE_NOTICED);
        }
        attempt = door.get().tryConnect();
        arrive();
    }

    /** A connection that is open may be left as it is; a claim that is not answered is made again. */
    private void resume(TestClient client) {
        if (random.nextBoolean()) {
            drop();
        }
        if (device != null && device.session().isLive() && !device.session().isAway()) {
            setup.marks.happened(BuiltIn.BACK_BEFORE_NOTICED);
        }
        if (random.nextInt(ONE_IN_ANEW) == 0) {
            greet(client, Optional.empty(), 0, client::tryReconnectAnew);
        } else {
            claim(client);
        }
    }

    private void claim(TestClient client) {
        Optional<SessionRecord> claimed = client.claimable().isPresent() ? session() : Optional.empty();
        greet(client, claimed, client.lastNumber(), client::tryReconnect);
    }

    private void greet(
            TestClient client, Optional<SessionRecord> claimed, long number, Supplier<ConnectAttempt> connection) {
        if (comeback != null && claimed.isPresent()) {
            setup.marks.happened(BuiltIn.CLAIMED_TWICE);
            claimed.get().disputed(true);
        }
        if (device != null) {
            device.leave();
        }
        comeback = new Comeback(claimed, number, number < client.lastNumber());
        attempt = connection.get();
        arrive();
    }

    /** Has lost its memory of the last messages, and claims from before them. */
    public void forget() {
        TestClient client = resuming;
        if (client == null || device == null || !isConnected()) {
            return;
        }
        long drawn = random.nextInt((int) client.lastNumber() + 1);
        long number = device.session().hasReceived(drawn) ? drawn : 0;
        setup.marks.happened(BuiltIn.FORGOTTEN);
        greet(
                client,
                session(),
                number,
                () -> client.tryClaim(client.claimable().orElseThrow(), number));
    }

    /** Acknowledges nothing by itself from now on, if its client resumes. */
    public void keepSilent() {
        if (resuming != null) {
            resuming.acknowledges(false);
        }
    }

    /** The connection is reset: no close frame, what was on the way is lost. */
    public void drop() {
        TestClient client = resuming;
        if (client != null && client.isConnected() && !isConnected()) {
            client.drop(); // before its hello is answered
        }
        whileConnected(Device::drop);
    }

    /** Says goodbye. */
    public void close() {
        whileConnected(Device::close);
    }

    /** Reads nothing more. */
    public void stopReading() {
        whileConnected(Device::stopReading);
    }

    /** Reads what has piled up, and goes on. */
    public void resumeReading() {
        whileConnected(Device::resumeReading);
    }

    /** Nothing arrives in either direction any more, and nobody is told. */
    public void vanish() {
        whileConnected(Device::vanish);
    }

    /** Reads, but answers no protocol ping from now on. */
    public void ignorePings() {
        whileConnected(Device::ignorePings);
    }

    /** Lets the hub's next send to it fail. */
    public void failNextSend() {
        whileConnected(Device::failNextSend);
    }

    /** What is sent from now on, in either direction, arrives later; order is kept. */
    public void latency(Duration oneWay) {
        whileConnected(open -> open.latency(oneWay));
    }

    /** Is sent away by the server. */
    public void kick() {
        whileConnected(open -> {
            if (!open.session().isSettled()) {
                setup.marks.happened(BuiltIn.KICKED_WITH_BACKLOG);
            }
            open.client().session().kick(random.nextBoolean() ? CloseReason.KICKED : SENT_AWAY);
            hub.settle();
        });
    }

    void advance(int millis) {
        hub.advance(Duration.ofMillis(millis));
    }

    // --- how the simulation moves it

    void draw(long seed) {
        random = new Random(seed);
    }

    boolean isResuming() {
        return resuming != null;
    }

    /** A handshake may be answered at any time. */
    void arrive() {
        arriveAnswered();
        if (attempt == null || attempt.isPending()) {
            return;
        }
        ConnectAttempt decided = attempt;
        attempt = null;
        if (decided.isAccepted()) {
            arrived(decided.client());
        }
    }

    private void arrived(TestClient client) {
        if (client.isResuming()) {
            if (resuming == null) {
                comeback = new Comeback(Optional.empty(), 0, false);
                resuming = client;
            }
            arriveAnswered();
        } else {
            begin(client);
        }
    }

    /** A hello may be answered at any time, or never. */
    private void arriveAnswered() {
        TestClient client = resuming;
        Comeback asked = comeback;
        if (client == null || asked == null || !client.isGreeted()) {
            return;
        }
        comeback = null;
        Comeback.Answer answer = Comeback.answerTo(client);
        trace.add("greeted", client.name(), answer);
        asked.fault(answer).ifPresent(fault -> {
            throw new BrokenException(Broken.of(BuiltIn.SESSION_KEPT, "", client.name() + ": " + fault)
                    .seenBy(client.name()));
        });
        if (answer.resumed() && device != null) {
            device.session().disputed(false);
            device.goOn();
        } else {
            begin(client);
        }
    }

    /** What is not decided has been refused when all has come to rest. */
    OptionalInt comeBack() {
        resumeReading();
        whileConnected(Device::comeNear);
        if (device != null && device.isToBeReplaced()) {
            drop();
        }
        if (isConnected() && !device().isVanished()) {
            return OptionalInt.empty();
        }
        if (resuming != null) {
            return comeBackTo(resuming);
        }
        ConnectAttempt last = attempt == null ? door.get().tryConnect() : attempt;
        attempt = last;
        hub.settle();
        arrive();
        return last.refusedWith();
    }

    private OptionalInt comeBackTo(TestClient client) {
        claim(client);
        ConnectAttempt last = attempt;
        hub.settle();
        arrive();
        return last == null ? OptionalInt.empty() : last.refusedWith();
    }

    void check() {
        devices.forEach(Device::check);
    }

    void checkComplete(String when) {
        Device open = device;
        if (open != null
                && open.isConnected()
                && !open.isVanished()
                && open.session().isLive()) {
            open.checkComplete(when);
        }
    }

    Optional<SessionRecord> session() {
        return Optional.ofNullable(device).map(Device::session);
    }

    private void begin(TestClient client) {
        Optional<SessionRecord> session = model.session(client.id());
        if (session.isEmpty()) {
            throw new BrokenException(
                    Broken.of(BuiltIn.SESSIONS, "never begun", "the hub has not told of the session of " + client));
        }
        int requests = client.isResuming() && device != null ? device.requests() : 0;
        Device open = new Device(hub.time(), client, session.get(), setup, trace, requests);
        if (client.isResuming()) {
            devices.clear(); // the client looks at one session
        }
        devices.add(open);
        device = open;
        setup.onStart.accept(this);
    }

    private Device device() {
        if (device == null) {
            throw new IllegalStateException(name() + " has never been connected");
        }
        return device;
    }

    @Override
    void ask(String event, Consumer<TestClient> request) {
        whileConnected(open -> {
            open.asked(event);
            open.speak(request);
        });
    }

    @Override
    void speak(Consumer<TestClient> message) {
        whileConnected(open -> open.speak(message));
    }

    private void whileConnected(Consumer<Device> action) {
        if (isConnected()) {
            action.accept(device());
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
