// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.Admission;
import io.hubwire.AsyncAuthenticator;
import io.hubwire.ConnectionLimits;
import io.hubwire.LoginPolicy;
import io.hubwire.internal.routing.Rate;
import io.hubwire.internal.runtime.AwaitedFuture;
import io.hubwire.internal.runtime.CoarseTimer;
import io.hubwire.spi.ConnectionAcceptor;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.spi.HandshakeResult.Refused;
import io.hubwire.spi.HubObserver;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Judges handshakes: is the hub open, is there room, who is it. Thread-safe.
 *
 * <p>A place that is taken for a handshake is given back exactly once: by its refusal, or by the {@link Place} that it becomes.
 */
final class ConnectionIntake implements ConnectionAcceptor {
    private static final String SHUTTING_DOWN = "shutting down";
    private static final int MAX_RETRY_SECONDS = 10;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private enum State {
        NOT_STARTED,
        OPEN,
        CLOSED
    }

    private final HubRuntime runtime;
    private final HubObserver observer;
    private final AsyncAuthenticator authenticator;
    private final ConnectionLimits limits;
    private final LoginPolicy login;
    private final Places places;
    private final SessionOpener opener;
    private final Reception reception;
    private final AuthenticationFailures failures;
    private final Rate handshakeRate;
    private final AtomicInteger pending = new AtomicInteger();
    private final Set<PendingAdmission> undecided = ConcurrentHashMap.newKeySet();
    private final CoarseTimer<PendingAdmission> admissions;
    private final CoarseTimer<HandshakeResult.Accepted> openings;

    @GuardedBy("this")
    private long handshakesFullAt;

    private volatile State state = State.NOT_STARTED;

    ConnectionIntake(HubSettings settings, Places places, SessionOpener opener, Reception reception) {
        this.runtime = settings.runtime();
        this.observer = settings.observer();
        this.authenticator = settings.authenticator();
        this.limits = settings.connections();
        this.login = settings.login();
        this.places = places;
        this.opener = opener;
        this.reception = reception;
        this.failures = new AuthenticationFailures(runtime);
        this.handshakeRate = new Rate(limits.handshakesPerSecond(), limits.handshakesBurst());
        this.handshakesFullAt = runtime.nanoTime();
        this.admissions = new CoarseTimer<>(runtime, "admission deadline", (admission, late) -> admission.timeOut());
        this.openings = new CoarseTimer<>(runtime, "open deadline", (place, late) -> place.release());
    }

    /** Without effect after {@link #close}. */
    synchronized void open() {
        if (state == State.NOT_STARTED) {
            state = State.OPEN;
        }
    }

    /** Refuses what is undecided as well. */
    void close() {
        synchronized (this) {
            state = State.CLOSED;
        }
        undecided.forEach(PendingAdmission::refuseClosed);
        reception.close();
    }

    void closeTimers() {
        admissions.close();
        openings.close();
        reception.closeTimers();
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    @Override
    public Duration admissionTimeout() {
        return limits.admissionTime();
    }

    @Override
    public CompletionStage<HandshakeResult> admit(Handshake handshake) {
        if (state != State.OPEN) {
            return refusedAtOnce(state == State.CLOSED ? SHUTTING_DOWN : "not started");
        }
        if (!isWithinRate()) {
            return refusedAtOnce("too many handshakes");
        }
        if (!places.tryTake()) {
            return refusedAtOnce("no room");
        }
        if (handshake.subprotocols().contains(GreetingPlace.SUBPROTOCOL)) {
            return CompletableFuture.completedFuture(keepGreetingPlace(handshake));
        }
        if (pending.incrementAndGet() > limits.pendingAdmissions()) {
            pending.decrementAndGet();
            places.giveBack();
            return refusedAtOnce("too many undecided handshakes");
        }
        PendingAdmission admission = new PendingAdmission(handshake);
        ask(handshake).whenComplete(admission::decide);
        if (!admission.result.isDone()) {
            awaitDecision(admission);
        }
        return AwaitedFuture.copyOf(admission.result, runtime, "ConnectionAcceptor.admit()");
    }

    /** Who it is, is asked when the client has greeted. */
    private HandshakeResult keepGreetingPlace(Handshake handshake) {
        GreetingPlace place = new GreetingPlace(places, opener, reception, handshake);
        openings.add(place, runtime.nanoTime() + limits.openTime().toNanos());
        return place;
    }

    private void awaitDecision(PendingAdmission admission) {
        admission.register();
        admissions.add(admission, runtime.nanoTime() + limits.admissionTime().toNanos());
        if (state == State.CLOSED) {
            admission.refuseClosed();
        }
    }

    private CompletionStage<Admission> ask(Handshake handshake) {
        try {
            CompletionStage<Admission> decision = authenticator.authenticate(handshake);
            return decision == null
                    ? CompletableFuture.failedFuture(new NullPointerException("the authenticator returned null"))
                    : decision;
        } catch (Throwable refusal) { // whatever user code throws, the place is given back
            return CompletableFuture.failedFuture(refusal);
        }
    }

    private synchronized boolean isWithinRate() {
        long fullAt = handshakeRate.take(handshakesFullAt, 1, runtime.nanoTime());
        if (fullAt == Rate.REFUSED) {
            return false;
        }
        handshakesFullAt = fullAt;
        return true;
    }

    private CompletionStage<HandshakeResult> refusedAtOnce(String text) {
        return CompletableFuture.completedFuture(refusal(UNAVAILABLE, text));
    }

    /** With a random time to try again, so that those who were refused together do not come back together. */
    private Refused refusal(int status, String text) {
        observer.handshakeRefused(status);
        boolean mayRetry = status == UNAVAILABLE || status == TOO_MANY_REQUESTS;
        Optional<Duration> retryAfter = mayRetry
                ? Optional.of(Duration.ofSeconds(1 + runtime.random().nextInt(MAX_RETRY_SECONDS)))
                : Optional.empty();
        return new Refused(status, retryAfter, text);
    }

    /** One handshake that has a place and waits for a decision; the first of decision and deadline counts. */
    private final class PendingAdmission {
        private final CompletableFuture<HandshakeResult> result = new CompletableFuture<>();
        private final Optional<String> address;
        private final Optional<String> agent;
        private final long askedNanos = runtime.nanoTime();

        @GuardedBy("this")
        private boolean isDecided;

        PendingAdmission(Handshake handshake) {
            this.address = handshake.remoteAddress();
            this.agent = handshake.header("User-Agent");
        }

        void decide(@Nullable Admission admission, @Nullable Throwable failure) {
            if (!isFirst()) {
                return;
            }
            if (admission == null) {
                refuseDecided(failures.statusOf(failure), "not authenticated");
            } else if (!admission.isAdmitted()) {
                refuseDecided(admission.refusalStatus(), "refused");
            } else {
                accept(admission);
            }
        }

        void timeOut() {
            if (isFirst()) {
                refuseDecided(UNAVAILABLE, "the decision took too long");
            }
        }

        /** So that it is found when the hub closes before it is decided. */
        synchronized void register() {
            if (!isDecided) {
                undecided.add(this);
            }
        }

        void refuseClosed() {
            if (isFirst()) {
                refuseDecided(UNAVAILABLE, SHUTTING_DOWN);
            }
        }

        private void accept(Admission admission) {
            String userId = admission.user().map(user -> user.id()).orElse(null);
            if (userId != null && !places.tryTakeForUser(userId)) {
                boolean isSingle = login == LoginPolicy.FIRST_ONLY;
                refuseDecided(isSingle ? CONFLICT : TOO_MANY_REQUESTS, "too many connections of this user");
                return;
            }
            Place place = new Place(places, opener, new Admitted(admission, askedNanos), address, agent);
            openings.add(place, runtime.nanoTime() + limits.openTime().toNanos());
            result.complete(place);
        }

        private void refuseDecided(int status, String text) {
            places.giveBack();
            result.complete(refusal(status, text));
        }

        /** The first is no longer undecided before anybody is told. */
        private synchronized boolean isFirst() {
            if (isDecided) {
                return false;
            }
            isDecided = true;
            pending.decrementAndGet();
            undecided.remove(this);
            return true;
        }
    }
}
