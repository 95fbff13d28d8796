// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for decisions on a container's thread, where there is nothing better: few at a time and not for long, since
 * messages of open sessions need these threads (Tyrus has four on two cores). Thread-safe.
 */
final class BriefWait {
    private static final QuietLog REFUSED = new QuietLog(BriefWait.class);
    private static final int MOST_AT_A_TIME = 2;
    private static final long LONGEST_MILLIS = 1_000;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final Semaphore places = new Semaphore(MOST_AT_A_TIME);

    /** The decision, or a refusal if it does not come soon. */
    HandshakeResult on(CompletableFuture<HandshakeResult> decision) {
        if (decision.isDone()) {
            return decision.join();
        }
        if (!places.tryAcquire()) {
            return refuse(decision, "too many handshakes wait for an authenticator");
        }
        try {
            return decision.get(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return refuse(decision, "a handshake was not decided within a second");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return refuse(decision, "the container is stopping");
        } finally {
            places.release();
        }
    }

    private static HandshakeResult refuse(CompletableFuture<HandshakeResult> decision, String why) {
        var unused = decision.thenAccept(HandshakeGate::giveUp);
        REFUSED.log(
                System.Logger.Level.WARNING,
                why + ": it gets 503. Such authenticators need a container that need not wait for them: on Tyrus,"
                        + " serve the hub through GrizzlyHubs");
        return new HandshakeResult.Refused(503, Optional.of(TRY_AGAIN), "overloaded");
    }
}
