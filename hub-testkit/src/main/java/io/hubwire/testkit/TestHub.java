// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.protocol.CloseReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;

/**
 * A hub wired as in production, with clients in memory; on virtual time and on the test's thread, unless its
 * {@linkplain TestHubBuilder#mode mode} is another.
 *
 * <p>Who a client is comes from the application's own authenticator; if it sets none, from
 * {@link TestClientBuilder#user}. Heartbeats have no jitter. For one thread, except what applications do on threads of
 * their own.
 */
public final class TestHub implements AutoCloseable {
    private final Pace pace;
    private final Transcript transcript;
    private final Journal journal;
    private final List<TestClient> clients = new CopyOnWriteArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final ClientTransport transport;
    private final Hub hub;
    private SendCompletion completion = SendCompletion.LATER;
    private WholeTranscript whole = WholeTranscript.NOWHERE;
    private boolean isClosed;

    TestHub(Pace pace, ClientTransport transport, Redactor redactor, UnaryOperator<HubBuilder> application) {
        this.pace = pace;
        this.transport = transport;
        this.transcript = new Transcript(pace, redactor);
        this.journal = new Journal(transcript);
        HubBuilder wired = application.apply(Hub.builder().authenticator(TestIdentity::admit));
        this.hub = pace.runtimeOf(wired).observer(journal).build();
        hub.start();
        startTransport();
        settle();
    }

    /** A hub with these features and every setting's default. */
    @SuppressWarnings("overloads") // a lambda that returns its builder is a wiring, any other is a module
    public static TestHub of(HubModule... modules) {
        return of(builder -> builder.install(modules));
    }

    /** A hub as the application wires it. */
    @SuppressWarnings("overloads")
    public static TestHub of(UnaryOperator<HubBuilder> application) {
        return builder().start(application);
    }

    /** A hub that does not run as every hub of a test does. */
    public static TestHubBuilder builder() {
        return new TestHubBuilder();
    }

    /** A hub as the application wires it, whose strands run in a drawn order: for simulations. */
    public static TestHub interleaved(Interleaving interleaving, UnaryOperator<HubBuilder> application) {
        Pace pace = new VirtualPace(TestRuntime.interleaved(interleaving));
        return new TestHub(pace, new InMemoryTransport(pace.wire()), Redactor.standard(), application);
    }

    /** When connections of clients to come say that a frame was sent; default {@link SendCompletion#LATER}. */
    public TestHub sendCompletion(SendCompletion choice) {
        completion = choice;
        return this;
    }

    /**
     * The hub itself. What is done to it is carried through by the next action of a client, or by {@link #settle()}.
     * Its {@link Hub#close()} lets virtual time pass, if there is one, until the hub has shut down.
     */
    public Hub hub() {
        return hub;
    }

    /** Who runs it, and on which clock. */
    public Mode mode() {
        return pace.mode();
    }

    /**
     * A client that is about to connect.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public TestClientBuilder client() {
        if (isClosed) {
            throw new IllegalStateException("the test's hub is closed: nobody can connect any more");
        }
        return new TestClientBuilder(this, completion);
    }

    /**
     * Connects a device of a user.
     *
     * @throws AssertionError if the hub refuses, or has not decided
     */
    public TestClient connect(String user, String... roles) {
        return client().user(user).roles(roles).connect();
    }

    /**
     * Connects somebody unknown.
     *
     * @throws AssertionError if the hub refuses, or has not decided
     */
    public TestClient connectAnonymous() {
        return client().connect();
    }

    /** The clients that connected, in that order; those that are gone, too. A snapshot. */
    public List<TestClient> clients() {
        return List.copyOf(clients);
    }

    /** The time of day. */
    public Instant now() {
        return pace.now();
    }

    /**
     * The clock, and what waits for it.
     *
     * @throws IllegalStateException in {@link Mode#REAL}
     */
    public VirtualTime time() {
        return pace.time();
    }

    /**
     * Lets time pass, from timer to timer; all that comes of each is done before the next.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException in {@link Mode#REAL}, and within a handler
     */
    public void advance(Duration duration) {
        pace.advance(duration);
    }

    /**
     * Runs all that is to be done now; in {@link Mode#REAL}, where all runs by itself, does nothing.
     *
     * @throws IllegalStateException if there is no end of it, or something broke that no user code is to blame for
     */
    public void settle() {
        pace.settle();
    }

    /**
     * Settles until the condition holds, at most 2 s of real time, and 5 s in {@link Mode#REAL}: for work that the
     * application does on threads of its own.
     *
     * @throws IllegalStateException if it does not hold in time
     */
    public void settleUntil(BooleanSupplier condition) {
        pace.awaitOthers(condition);
    }

    /** What happened between the hub and all clients: the last lines, if there are many. */
    public String transcript() {
        return transcript.ofAll(whole);
    }

    /** Writes the whole transcript to this file whenever a report shows a part of it; default nowhere. */
    public TestHub writesTranscriptTo(Path file) {
        whole = new WholeTranscript(Optional.of(file));
        return this;
    }

    /**
     * Expects that a handler of this event threw what no client is told of, other than those expected before; goes on with
     * that exception. A test that has read the answer with 1400 need not say so.
     *
     * @throws AssertionError if none has
     */
    public AbstractThrowableAssert<?, ? extends Throwable> expectHandlerFailure(String event) {
        return HubExpectations.handlerFailure(this, event);
    }

    /** What went wrong or was left unread without the test having looked at it, a line for each; none if all is well. */
    public List<String> leftovers(Leftovers which) {
        settle();
        return new LeftoverFinder(this, which).find();
    }

    /**
     * Ends a test that has passed so far.
     *
     * @throws AssertionError if there are leftovers
     */
    public void checkLeftovers(Leftovers which) {
        HubExpectations.noLeftovers(this, leftovers(which));
    }

    /**
     * The transcript, for failures that tell none: a stackless exception to be added to them as suppressed.
     *
     * @return empty if the failure's message has a transcript already
     */
    public Optional<Throwable> transcriptFor(Throwable failure) {
        return Transcript.isIn(failure.getMessage())
                ? Optional.empty()
                : Optional.of(new SuppressedTranscript(transcript()));
    }

    /** Ends the hub, whatever its clients do, also if the thread is interrupted, which it then stays. */
    @Override
    public void close() {
        isClosed = true;
        boolean isInterrupted = Thread.interrupted();
        try {
            pace.shutDown(hub);
        } finally {
            free();
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void free() {
        try {
            transport.close();
        } finally {
            pace.close();
        }
    }

    Pace pace() {
        return pace;
    }

    ClientTransport transport() {
        return transport;
    }

    private void startTransport() {
        try {
            transport.start(hub);
        } catch (IOException e) {
            throw new UncheckedIOException("the transport does not start", e);
        }
    }

    String newName(Optional<String> wanted) {
        String base = wanted.orElse("client");
        String name = base;
        for (int device = 2; !names.add(name); device++) {
            name = base + "-" + device;
        }
        return name;
    }

    void record(String client, Transcript.Mark mark, String text) {
        transcript.add(client, mark, text);
    }

    void opening(String name) {
        journal.expectSessionOf(name);
    }

    void opened(TestClient client) {
        record(client.name(), Transcript.Mark.LIFECYCLE, "connected");
        clients.add(client);
    }

    void isGone(String name) {
        journal.expectNoSessionOf(name);
    }

    void isSessionOf(String name, String id) {
        journal.isSessionOf(name, id);
    }

    Optional<String> idOf(String name) {
        return journal.idOf(name);
    }

    Optional<CloseReason> sessionEndOf(String name) {
        return journal.endOf(name);
    }

    Journal journal() {
        return journal;
    }

    Redactor redactor() {
        return transcript.redactor();
    }

    void recordSent(String client, String frame) {
        transcript.sent(client, frame);
    }

    void recordReceived(String client, ReceivedMessage message) {
        transcript.received(client, message);
    }

    String transcriptOf(Set<String> about, Optional<Transcript.Arrow> arrow) {
        return transcript.of(about, arrow, whole);
    }
}
