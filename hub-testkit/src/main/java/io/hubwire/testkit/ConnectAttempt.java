// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.HandshakeResult;
import io.hubwire.spi.HubRuntime.Work;
import io.hubwire.testkit.FailureReport.Expectation;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A handshake and what became of it: undecided, refused with an HTTP status, or a client. For one thread. */
public final class ConnectAttempt {
    private final TestHub hub;
    private final String name;
    private final SendCompletion completion;
    private final int socketBuffer;
    private boolean isGivenUp;
    private @Nullable TestClient client;
    private HandshakeResult.@Nullable Refused refusal;

    ConnectAttempt(TestHub hub, String name, SendCompletion completion, int socketBuffer) {
        this.hub = hub;
        this.name = name;
        this.completion = completion;
        this.socketBuffer = socketBuffer;
    }

    void start(FakeHandshake handshake) {
        var unused = hub.hub()
                .acceptor()
                .admit(handshake)
                .thenAccept(
                        result -> hub.runtime().execute(Work.HANDLER, "handshake of " + name, () -> decided(result)));
        hub.settle();
    }

    /** Whether it became a client, which may have gone since. */
    public boolean isAccepted() {
        return client != null;
    }

    /** Whether the hub has not decided yet. */
    public boolean isPending() {
        return client == null && refusal == null && !isGivenUp;
    }

    /** The HTTP status of a refusal. */
    public OptionalInt refusedWith() {
        return refusal == null ? OptionalInt.empty() : OptionalInt.of(refusal.status());
    }

    /** When the refused client may try again. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(refusal).flatMap(HandshakeResult.Refused::retryAfter);
    }

    /**
     * The client.
     *
     * @throws AssertionError if the hub refused, or has not decided
     */
    public TestClient client() {
        if (client == null) {
            String instead = refusal == null
                    ? "its handshake is still undecided"
                    : "it was refused with " + refusal.status() + " \"" + refusal.text() + "\"";
            throw FailureReport.of(hub).failure(new Expectation(name + " to be connected", instead));
        }
        return client;
    }

    /** The peer goes away before the hub has decided; a later yes is given back. */
    public void giveUp() {
        if (isPending()) {
            isGivenUp = true;
            hub.record(name, Transcript.Mark.LIFECYCLE, "gave up before the handshake was answered");
        }
    }

    private void decided(HandshakeResult result) {
        if (result instanceof HandshakeResult.Accepted accepted) {
            if (isGivenUp) {
                accepted.release();
            } else {
                client = TestClient.open(hub, name, completion, socketBuffer, accepted);
            }
        } else if (result instanceof HandshakeResult.Refused refused && !isGivenUp) {
            refusal = refused;
            hub.record(
                    name,
                    Transcript.Mark.LIFECYCLE,
                    "refused with " + refused.status() + " \"" + refused.text() + "\"");
        }
    }
}
