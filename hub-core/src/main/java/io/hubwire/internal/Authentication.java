// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Admission;
import io.hubwire.AsyncAuthenticator;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Cancellable;
import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application who the clients of the {@code hubwire.v1} profile are: on its executor, since a message may have been delivered
 * on a thread that must not block; so many at a time as may be undecided, and no longer than a decision may take. Thread-safe.
 */
final class Authentication {
    private static final int UNAVAILABLE = 503;

    /** Told once, on any thread. */
    interface Outcome {
        /** It is somebody, or nobody in particular. */
        void admitted(Admitted admitted);

        /** With the HTTP status that says the same; 503 if there was no decision. */
        void refused(int status);
    }

    private final HubRuntime runtime;
    private final AsyncAuthenticator authenticator;
    private final int atOnce;
    private final Duration limit;
    private final AuthenticationFailures failures;
    private final AtomicInteger undecided = new AtomicInteger();

    Authentication(HubSettings settings) {
        this.runtime = settings.runtime();
        this.authenticator = settings.authenticator();
        this.atOnce = settings.connections().pendingAdmissions();
        this.limit = settings.connections().admissionTime();
        this.failures = new AuthenticationFailures(runtime);
    }

    void ask(Handshake handshake, Outcome outcome) {
        Decision decision = new Decision(outcome);
        if (undecided.incrementAndGet() > atOnce) {
            decision.refuse(UNAVAILABLE);
            return;
        }
        try {
            decision.limit(runtime.schedule("authentication", limit, () -> decision.refuse(UNAVAILABLE)));
            runtime.execute(Work.HANDLER, "authentication", () -> ask(handshake).whenComplete(decision::decide));
        } catch (RejectedExecutionException closed) {
            decision.refuse(UNAVAILABLE);
        }
    }

    private CompletionStage<Admission> ask(Handshake handshake) {
        try {
            CompletionStage<Admission> decision = authenticator.authenticate(handshake);
            return decision == null
                    ? CompletableFuture.failedFuture(new NullPointerException("the authenticator returned null"))
                    : decision;
        } catch (Throwable refusal) { // whatever user code throws, the client is told
            return CompletableFuture.failedFuture(refusal);
        }
    }

    /** The first of decision and limit counts. */
    private final class Decision {
        private final Outcome outcome;
        private final long askedNanos = runtime.nanoTime();
        private final AtomicBoolean isMade = new AtomicBoolean();
        private volatile @Nullable Cancellable timer;

        Decision(Outcome outcome) {
            this.outcome = outcome;
        }

        void limit(Cancellable newTimer) {
            timer = newTimer;
        }

        void decide(@Nullable Admission admission, @Nullable Throwable failure) {
            if (admission == null) {
                refuse(failures.statusOf(failure));
            } else if (!admission.isAdmitted()) {
                refuse(admission.refusalStatus());
            } else if (isFirst()) {
                outcome.admitted(new Admitted(admission, askedNanos));
            }
        }

        void refuse(int status) {
            if (isFirst()) {
                outcome.refused(status);
            }
        }

        private boolean isFirst() {
            boolean isFirst = isMade.compareAndSet(false, true);
            if (isFirst) {
                undecided.decrementAndGet();
                Cancellable limiting = timer;
                if (limiting != null) {
                    limiting.cancel();
                }
            }
            return isFirst;
        }
    }
}
