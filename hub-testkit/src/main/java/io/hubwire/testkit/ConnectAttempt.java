// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A handshake and what became of it: undecided, refused with an HTTP status, or a client. For one thread. */
public final class ConnectAttempt {
    private record Refusal(int status, String text, Optional<Duration> retryAfter) {}

    /** What an open connection leads to. */
    interface Entrance {
        TestClient enter(ClientLink link);
    }

    private final TestHub hub;
    private final String name;
    private final Entrance entrance;
    private volatile boolean isGivenUp;

    /** Whether the session begins with the connection, so that the order tells whose it is. */
    private volatile boolean hasOpening;

    private volatile @Nullable TestClient client;
    private volatile @Nullable Refusal refusal;
    private volatile @Nullable IOException failure;

    ConnectAttempt(TestHub hub, String name, Entrance entrance) {
        this.entrance = entrance;
        this.hub = hub;
        this.name = name;
    }

    void start(ConnectRequest request) {
        hasOpening = request.greeting().isEmpty();
        request.shown(hub.redactor()).ifPresent(line -> hub.record(name, Transcript.Mark.SENT, line));
        try {
            hub.transport().connect(request, new Answer());
        } catch (IOException e) {
            failure = e;
        }
        hub.settle();
        throwFailure();
    }

    private void throwFailure() {
        IOException known = failure;
        if (known != null) {
            throw new UncheckedIOException(name + " could not connect", known);
        }
    }

    /** Where it takes real time, gives the hub some to decide. */
    private void awaitDecision() {
        var unused = hub.pace().settleUntil(() -> !isPending());
        throwFailure();
        Optional.ofNullable(client).ifPresent(this::settleIn);
    }

    /** Sessions are told apart by the order in which they begin. */
    private void settleIn(TestClient accepted) {
        var unused = hub.pace().settleUntil(accepted::isSettledIn);
    }

    /** Whether it became a client, which may have gone since. */
    public boolean isAccepted() {
        awaitDecision();
        return client != null;
    }

    /** Whether the hub has not decided yet; the only question that is answered at once, also in {@link Mode#REAL}. */
    public boolean isPending() {
        return client == null && refusal == null && failure == null && !isGivenUp;
    }

    /** The HTTP status of a refusal. */
    public OptionalInt refusedWith() {
        awaitDecision();
        Refusal known = refusal;
        return known == null ? OptionalInt.empty() : OptionalInt.of(known.status());
    }

    /** When the refused client may try again. */
    public Optional<Duration> retryAfter() {
        awaitDecision();
        return Optional.ofNullable(refusal).flatMap(Refusal::retryAfter);
    }

    /**
     * Expects a refusal with this HTTP status.
     *
     * @throws AssertionError if the hub accepted, refused with another status, or has not decided
     */
    public ConnectAttempt expectRefused(int status) {
        awaitDecision();
        Refusal known = refusal;
        if (known == null || known.status() != status) {
            throw FailureReport.of(hub, Set.of(name))
                    .failure(new Expectation(name + " to be refused with " + status, outcome())
                            .comparing(status, known == null ? outcome() : known.status()));
        }
        return this;
    }

    /**
     * The client.
     *
     * @throws AssertionError if the hub refused, or has not decided
     */
    public TestClient client() {
        awaitDecision();
        TestClient accepted = client;
        if (accepted == null) {
            throw FailureReport.of(hub, Set.of(name)).failure(new Expectation(name + " to be connected", outcome()));
        }
        return accepted;
    }

    /** The peer goes away before the hub has decided; a later yes is given back. */
    public void giveUp() {
        if (isPending()) {
            isGivenUp = true;
            hub.record(name, Transcript.Mark.LIFECYCLE, "gave up before the handshake was answered");
        }
    }

    private String outcome() {
        Refusal known = refusal;
        if (known != null) {
            return "it was refused with " + known.status() + " \"" + known.text() + "\"";
        }
        return client == null ? "its handshake is still undecided" : "it was accepted";
    }

    /** What the transport says, by any thread. */
    private final class Answer implements ClientTransport.Answer {
        @Override
        public boolean isAwaited() {
            return !isGivenUp;
        }

        @Override
        public void opening() {
            if (hasOpening) {
                hub.opening(name);
            }
        }

        @Override
        public ClientLink.Receiver accepted(ClientLink link) {
            TestClient entered = entrance.enter(link);
            client = entered;
            return entered.receiver(link);
        }

        @Override
        public void refused(int status, String text, Optional<Duration> retryAfter) {
            hub.isGone(name);
            if (!isGivenUp) {
                refusal = new Refusal(status, text, retryAfter);
                hub.record(name, Transcript.Mark.DECISION, "refused with " + status + " \"" + text + "\"");
            }
        }

        @Override
        public void failed(IOException reason) {
            hub.isGone(name);
            failure = reason;
        }
    }
}
