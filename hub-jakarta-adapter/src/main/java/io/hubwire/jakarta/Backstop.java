// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends the wait for a decision that never comes, though a hub decides in time by itself. */
final class Backstop {
    static final HandshakeResult.Refused TIMED_OUT =
            new HandshakeResult.Refused(503, Optional.of(Duration.ofSeconds(5)), "not decided in time");

    private static final Duration MARGIN = Duration.ofSeconds(3);

    private Backstop() {}

    /** How long to wait where a hub may take so long. */
    static Duration limitFor(Duration admissionTimeout) {
        return admissionTimeout.plus(MARGIN);
    }

    /** The first of both: the decision, or the end of the wait. A decision that comes too late gives its place back. */
    static CompletableFuture<HandshakeResult> over(
            CompletableFuture<HandshakeResult> decision, Duration admissionTimeout) {
        CompletableFuture<HandshakeResult> first = new CompletableFuture<>();
        var unused = decision.thenAccept(result -> {
            if (!first.complete(result)) {
                HandshakeGate.giveUp(result);
            }
        });
        return first.completeOnTimeout(TIMED_OUT, limitFor(admissionTimeout).toMillis(), TimeUnit.MILLISECONDS);
    }
}
