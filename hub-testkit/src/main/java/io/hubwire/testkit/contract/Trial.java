// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.HubBuilder;
import io.hubwire.spi.ConnectionAcceptor;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One rule being tried on a transport: connects peers, keeps the hub's ends, waits, and ends all of it afterwards.
 *
 * <p>For the thread of the rule, except what says otherwise.
 */
final class Trial implements ConnectionAcceptor, AutoCloseable {
    /** Something that a rule does. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private static final int PROMPT_SHARE = 5;
    private static final int MOMENT_SHARE = 20;
    private static final int STALLING_TEXTS = 1_000;
    private static final String STALLING_TEXT = "x".repeat(64 << 10);

    private final TransportUnderTest transport;
    private final TransportUnderTest.Running running;
    private final ContractHub hub;
    private final TrialLog log = new TrialLog();
    private final ExecutorService threads = Executors.newCachedThreadPool(Trial::daemon);
    private final BlockingQueue<Place> opened = new LinkedBlockingQueue<>();
    private final Deque<AutoCloseable> leftovers = new ConcurrentLinkedDeque<>();
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicInteger peers = new AtomicInteger();
    private volatile Function<Handshake, CompletionStage<HandshakeResult>> judge =
            handshake -> CompletableFuture.completedFuture(newPlace());

    Trial(TransportUnderTest transport, TransportUnderTest.Running running, ContractHub hub) {
        this.transport = transport;
        this.running = running;
        this.hub = hub;
        hub.route(this, () -> log.add("hub", "is closed by the transport"));
    }

    /** A trial on a server of its own, which is stopped when this trial is closed, or before. */
    Trial elsewhere() throws Exception {
        ContractHub own = new ContractHub();
        TransportUnderTest.Running server = transport.start(own.hub());
        Trial trial = new Trial(transport, server, own);
        leftovers.push(server);
        leftovers.push(trial);
        return trial;
    }

    /** Stops the server. */
    void stopTransport() throws Exception {
        log.add("server", "is stopped");
        running.close();
        log.add("server", "has stopped");
    }

    // --- the hub's side

    /** Lets this judge handshakes from now on. */
    void judging(Function<Handshake, CompletionStage<HandshakeResult>> decision) {
        judge = decision;
    }

    /** Lets this happen in each call of open, on the transport's thread. */
    void whenOpened(Consumer<Place> action) {
        judging(handshake -> CompletableFuture.completedFuture(newPlace(action)));
    }

    Place newPlace() {
        return newPlace(place -> {});
    }

    Place newPlace(Consumer<Place> action) {
        Consumer<Place> first = place -> opened.add(place);
        Place place = new Place(log, "hub " + places.incrementAndGet(), first.andThen(action));
        leftovers.push(() -> abortQuietly(place));
        return place;
    }

    private static void abortQuietly(Place place) {
        if (place.openCount() > 0) {
            place.abort();
        }
    }

    /** Puts a whole hub behind the transport instead. */
    RealHub realHub(UnaryOperator<HubBuilder> settings) {
        RealHub real = new RealHub(log, builder -> settings.apply(builder).shutdownGrace(Duration.ofSeconds(2)));
        leftovers.push(real);
        hub.route(real.hub().acceptor(), real::close);
        return real;
    }

    @Override
    public CompletionStage<HandshakeResult> admit(Handshake handshake) {
        return judge.apply(handshake);
    }

    @Override
    public Duration admissionTimeout() {
        return Duration.ofSeconds(10);
    }

    // --- the peers' side

    /** Sends a handshake; the answer is not waited for. */
    LoggedPeer dial(ClientHandshake handshake) throws IOException {
        String who = "peer " + peers.incrementAndGet();
        log.add(who, handshake.toString());
        LoggedPeer peer = new LoggedPeer(running.connect(handshake), log, who);
        leftovers.push(peer);
        return peer;
    }

    static ClientHandshake handshake() {
        return ClientHandshake.to(TransportUnderTest.PATH);
    }

    Link open() throws Exception {
        return open(handshake());
    }

    /** A connection whose peer has little room for what it does not read. */
    Link openNarrow() throws Exception {
        return open(handshake().smallWindow());
    }

    Link open(ClientHandshake handshake) throws Exception {
        LoggedPeer peer = dial(handshake);
        equal("the status of the answer to the handshake", 101, peer.reply().status());
        return new Link(peer, nextOpened());
    }

    Place nextOpened() throws InterruptedException {
        Place place = opened.poll(patience().toMillis(), TimeUnit.MILLISECONDS);
        if (place == null) {
            throw new BrokenRule("a call of open", "none within " + patience().toMillis() + " ms");
        }
        return place;
    }

    /** Sends texts one after another, each with its number, until one stays pending because the peer does not read. */
    Sent stall(Place place) throws InterruptedException {
        StallWatch watch = new StallWatch(this);
        for (int i = 0; i < STALLING_TEXTS; i++) {
            Sent sent = place.send(i + STALLING_TEXT);
            if (watch.isStalled(sent)) {
                return sent;
            }
        }
        throw new BrokenRule(
                "a send that stays pending while the peer reads nothing",
                STALLING_TEXTS + " sends of 64 KiB that completed");
    }

    // --- time

    /** How long to wait for what should happen at once. */
    Duration patience() {
        return transport.patience();
    }

    /** What a hub can wait for: a fifth of the patience, 2 s by default. */
    Duration promptly() {
        return patience().dividedBy(PROMPT_SHARE);
    }

    /** Long enough to believe that nothing happens: 0.5 s by default. */
    Duration moment() {
        return patience().dividedBy(MOMENT_SHARE);
    }

    /** Runs this on another thread of the trial; the rule need not wait for it. */
    CompletableFuture<Void> apart(Action action) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        action.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                threads);
    }

    /** Runs a call that must return promptly. */
    void promptly(String what, Action action) throws Exception {
        finish(what + " to return within " + promptly().toMillis() + " ms", apart(action), promptly());
    }

    /** Waits for what another thread does. */
    void finish(String what, CompletableFuture<?> work, Duration limit) throws Exception {
        try {
            work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new BrokenRule(what, "it did not");
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw cause instanceof BrokenRule broken ? broken : new BrokenRule(what, "it threw " + cause);
        }
    }

    // --- what was seen

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        await(what, patience(), condition);
    }

    void await(String what, Duration limit, BooleanSupplier condition) throws InterruptedException {
        check(log.await(limit, condition), what, () -> "it did not come within " + limit.toMillis() + " ms");
    }

    /** Waits for the end to be reported, and a moment more for a second report that must not come. */
    void awaitOneEnd(Place place) throws InterruptedException {
        await("onClosed at " + place, place::isEnded);
        boolean isTwice = log.await(moment().dividedBy(4), () -> place.ends().size() > 1);
        check(!isTwice, "one onClosed at " + place, () -> place.ends().toString());
    }

    void equal(String what, Object expected, Object seen) {
        check(expected.equals(seen), what + " to be " + brief(expected), () -> brief(seen));
    }

    void check(boolean holds, String expected, Supplier<String> seen) {
        if (!holds) {
            throw new BrokenRule(expected, seen.get());
        }
    }

    private static String brief(Object value) {
        return value instanceof String text ? Place.brief(text) : value.toString();
    }

    TrialLog log() {
        return log;
    }

    /** Ends everything that the rule left open, the latest first. */
    @Override
    public void close() {
        for (AutoCloseable leftover : leftovers) {
            try {
                leftover.close();
            } catch (Exception e) {
                log.add("trial", "could not tidy up: " + e);
            }
        }
        hub.rest();
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "transport contract");
        thread.setDaemon(true);
        return thread;
    }
}
