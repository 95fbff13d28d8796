// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A hub wired as in production, but on virtual time and on the test's thread, with clients in memory.
 *
 * <p>Who a client is comes from the application's own authenticator; if it sets none, from
 * {@link TestClientBuilder#user}. Heartbeats have no jitter. For one thread, except what applications do on threads of
 * their own.
 */
public final class TestHub implements AutoCloseable {
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);

    private final TestRuntime runtime = TestRuntime.create();
    private final Transcript transcript = new Transcript(runtime.time());
    private final Journal journal = new Journal(transcript);
    private final List<TestClient> clients = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Hub hub;
    private SendCompletion completion = SendCompletion.LATER;

    private TestHub(UnaryOperator<HubBuilder> application) {
        HubBuilder wired = application.apply(Hub.builder().authenticator(TestIdentity::admit));
        this.hub = wired.runtime(runtime).observer(journal).build();
        hub.start();
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
        return new TestHub(application);
    }

    /** When connections of clients to come say that a frame was sent; default {@link SendCompletion#LATER}. */
    public TestHub sendCompletion(SendCompletion choice) {
        completion = choice;
        return this;
    }

    /**
     * The hub itself. What is done to it is carried through by the next action of a client, or by {@link #settle()}.
     * Its {@link Hub#close()} does not wait in real time: it lets virtual time pass until the hub has shut down.
     */
    public Hub hub() {
        return hub;
    }

    /** A client that is about to connect. */
    public TestClientBuilder client() {
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
        return time().now();
    }

    /** The clock, and what waits for it. */
    public VirtualTime time() {
        return runtime.time();
    }

    /**
     * Lets time pass, from timer to timer; all that comes of each is done before the next.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration duration) {
        runtime.advance(duration);
    }

    /**
     * Runs all that is to be done now.
     *
     * @throws IllegalStateException if there is no end of it, or something broke that no user code is to blame for
     */
    public void settle() {
        runtime.settle();
    }

    /**
     * Settles until the condition holds, at most 2 s of real time: for work that the application does on threads of its
     * own.
     *
     * @throws IllegalStateException if it does not hold in time
     */
    public void settleUntil(BooleanSupplier condition) {
        runtime.settleUntil(condition);
    }

    /** What happened between the hub and all clients, with virtual times. */
    public String transcript() {
        return transcript.ofAll();
    }

    /** Ends the hub, whatever its clients do. */
    @Override
    public void close() {
        var unused = hub.shutdown(Duration.ZERO);
        advance(TIME_TO_END);
        runtime.close();
    }

    TestRuntime runtime() {
        return runtime;
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

    void opens(TestClient client) {
        clients.add(client);
        journal.expectSessionOf(client.name());
    }

    void isGone(TestClient client) {
        journal.expectNoSessionOf(client.name());
    }

    Optional<String> idOf(String name) {
        return journal.idOf(name);
    }

    Optional<CloseReason> sessionEndOf(String name) {
        return journal.endOf(name);
    }

    String transcriptOf(String name) {
        return transcript.of(name);
    }

    List<String> handlerFailures() {
        return transcript.failures();
    }
}
