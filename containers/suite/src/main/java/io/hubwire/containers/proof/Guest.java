// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.client.ConnectionState;
import io.hubwire.client.HubClient;
import io.hubwire.client.RequestFailedException;
import io.hubwire.client.SessionStart;
import io.hubwire.client.StateChange;
import io.hubwire.testkit.network.DeliveryHistory;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One client with its history: what it was sent and applied, what it said, and what became of its orders. Thread-safe.
 *
 * <p>Of every few messages it answers one with an event and with a request, so that there are bytes in both directions at any time.
 */
final class Guest implements AutoCloseable {
    /** Tyrus does not notice a connection that is cut in the handshake. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** An event of the client, numbered by it. */
    static final EventType<Long> SAY = EventType.of("proof/say", Long.class);

    /** A request with a number of its own, answered with that. */
    static final RequestType<Long, Long> ORDER = RequestType.of("proof/order", Long.class, Long.class);

    private static final String SAID = "said";
    private static final int SPEAKS_ONE_IN = 8;

    private final String user;
    private final String room;
    private final Figures figures;
    private final Duration orderTime;
    private final DeliveryHistory received;
    private final DeliveryHistory said;
    private final Set<Long> handled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger openOrders = new AtomicInteger();
    private @Nullable HubClient client;
    private volatile String id = "";
    private volatile boolean hasBegun;
    private volatile boolean isInRoom;
    private volatile boolean isClosing;

    /** What was sent and has not come yet, as far as it still may. Guarded by this. */
    private long onTheWay;

    /** Guarded by this. */
    private long orders;

    /** An order whose answer does not come in this time has failed. */
    Guest(String user, String room, Figures figures, Duration orderTime) {
        this.user = user;
        this.room = room;
        this.figures = figures;
        this.orderTime = orderTime;
        this.received = new DeliveryHistory(user);
        this.said = new DeliveryHistory(user + " to the hub");
    }

    String user() {
        return user;
    }

    String room() {
        return room;
    }

    /** The public id of its session. */
    String id() {
        return id;
    }

    DeliveryHistory received() {
        return received;
    }

    /** Of events to the hub: one that a cut took away is lost, but none comes twice or late. */
    DeliveryHistory said() {
        return said;
    }

    void connect(URI hub) {
        client = HubClient.builder(hub)
                .token(() -> CompletableFuture.completedFuture(user))
                .queueAtMost(10_000, 1 << 24)
                .requestTimeout(orderTime)
                .connectTimeout(CONNECT_TIMEOUT)
                .listen(it -> {
                    it.on(Note.TYPE, note -> take(note, it));
                    it.onSession(this::begins);
                    it.onState(this::changes);
                    it.onGap(gap -> skip(gap.from(), gap.to()));
                    it.onError(refusal -> figures.refused(user + ": " + refusal.event() + " " + refusal.code()));
                })
                .connect();
        client.join(room).whenComplete((groups, failure) -> isInRoom = failure == null);
    }

    boolean isReady() {
        return isInRoom && client != null && client.state() == ConnectionState.OPEN;
    }

    private void changes(StateChange change) {
        if (change.resumed()) {
            figures.resumed();
        }
        if (change.state() == ConnectionState.CLOSED && !isClosing) {
            figures.broken(user + " gave up: " + change.reason());
        }
    }

    private void begins(SessionStart start) {
        id = start.client();
        if (hasBegun) {
            figures.beganAnew(start.reason());
        }
        hasBegun = true;
        received.newSession();
        arrived(Long.MAX_VALUE);
    }

    private void skip(long from, long to) {
        received.gap(from, to);
        figures.skipped(to - from + 1);
        arrived(to - from + 1);
    }

    private void take(Note note, HubClient by) {
        received.applied(note.path(), note.n());
        figures.applied(note);
        arrived(1);
        if (note.path().equals(Path.DIRECT.word()) && note.n() % SPEAKS_ONE_IN == 0) {
            say(by);
            order(by);
        }
    }

    /** Says something, to which the hub replies. */
    void say() {
        if (client != null) {
            say(client);
        }
    }

    /** Numbers are given in the order of the calls. */
    private synchronized void say(HubClient by) {
        by.send(SAY, said.nextSent(SAID));
    }

    private void order(HubClient by) {
        long number = nextOrder();
        openOrders.incrementAndGet();
        by.request(ORDER, number).whenComplete((answer, failure) -> {
            openOrders.decrementAndGet();
            if (failure instanceof RequestFailedException told) {
                figures.orderFailed(told.reason());
            } else if (failure != null || answer != number || !handled.contains(number)) {
                figures.broken(user + ": order " + number + " was answered " + answer + ", " + failure);
            } else {
                figures.orderAnswered();
            }
        });
    }

    private synchronized long nextOrder() {
        return ++orders;
    }

    int openOrders() {
        return openOrders.get();
    }

    /** The hub's handler of an order. */
    long handle(long number) {
        if (!handled.add(number)) {
            figures.broken(user + ": order " + number + " was handled twice");
        }
        return number;
    }

    /**
     * The hub's handler of what it says; returns the number of the reply. What was said in a session that another has followed may be
     * handled beside what is said in that one, and nobody waits for the reply.
     */
    synchronized OptionalLong hear(String session, long number) {
        if (!session.equals(id)) {
            return OptionalLong.empty();
        }
        said.applied(SAID, number);
        return OptionalLong.of(nextSent(Path.REPLY));
    }

    /** The number of the next message by this path, which is about to be sent. */
    long nextSent(Path path) {
        synchronized (this) {
            onTheWay++;
        }
        return received.nextSent(path.word());
    }

    private synchronized void arrived(long count) {
        onTheWay = Math.max(0, onTheWay - count);
        notifyAll();
    }

    synchronized boolean hasRoom(int window) {
        return onTheWay <= window;
    }

    /** Waits until no more than so many messages are on their way, but not for ever; returns whether that is so. */
    synchronized boolean awaitRoom(int window, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        while (onTheWay > window && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        return onTheWay <= window;
    }

    @Override
    public void close() {
        isClosing = true;
        if (client != null) {
            client.close();
        }
    }
}
