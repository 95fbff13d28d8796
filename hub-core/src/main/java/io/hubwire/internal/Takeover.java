// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Admission;
import io.hubwire.User;
import io.hubwire.internal.Hello.Claim;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.liveness.AgeMonitor;
import io.hubwire.internal.liveness.HeartbeatMonitor;
import io.hubwire.internal.liveness.SessionKeeper;
import io.hubwire.internal.routing.InboundPipeline;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.ConnectionEnd;
import io.hubwire.internal.session.Outbox;
import io.hubwire.internal.session.Outgoing;
import io.hubwire.internal.session.Resumption;
import io.hubwire.internal.session.Secrets;
import io.hubwire.internal.session.TimedCall;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Cancellable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets another connection go on with a session, whether or not the hub knows that the last one is dead. Thread-safe. */
final class Takeover {
    private static final String UNKNOWN = "unknown";
    private static final String DISABLED = "disabled";
    private static final Logger LOG = System.getLogger("io.hubwire.admission");

    private final ClientDirectory<ClientSession> clients;
    private final SessionKeeper keeper;
    private final Places places;
    private final Callbacks callbacks;
    private final InboundPipeline pipeline;
    private final HeartbeatMonitor heartbeats;
    private final AgeMonitor ages;
    private final Reauthentication reauthentication;
    private final HelloAnswers answers;
    private final HubRuntime runtime;
    private final Duration checkTime;
    private final boolean isEnabled;

    Takeover(
            HubSettings settings,
            ClientDirectory<ClientSession> clients,
            SessionKeeper keeper,
            Places places,
            InboundPipeline pipeline,
            HeartbeatMonitor heartbeats,
            AgeMonitor ages,
            Reauthentication reauthentication,
            HelloAnswers answers) {
        this.clients = clients;
        this.keeper = keeper;
        this.places = places;
        this.callbacks = settings.callbacks();
        this.pipeline = pipeline;
        this.heartbeats = heartbeats;
        this.ages = ages;
        this.reauthentication = reauthentication;
        this.answers = answers;
        this.runtime = settings.runtime();
        this.checkTime = settings.connections().admissionTime();
        this.isEnabled = settings.resume().isEnabled();
    }

    /** Completes with why the claim is refused; with nothing if the greeting's connection is the session's, or over. */
    CompletionStage<Optional<String>> claim(Greeting greeting, Claim claim, Admission admission) {
        ClientSession session = clients.find(claim.client());
        Resumption resumption = session == null ? null : session.resumption();
        if (session == null || resumption == null) {
            return CompletableFuture.completedFuture(Optional.of(isEnabled ? whyOver(claim) : DISABLED));
        }
        Optional<String> refusal = refusal(session, resumption, claim, admission);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal);
        }
        Attempt attempt = new Attempt(greeting, session, resumption, claim, admission);
        resumption.beginCheck();
        return checked(session)
                .thenApply(unused -> attempt.take())
                .whenComplete((unused, failure) -> resumption.endCheck(session));
    }

    /** Fails when the application has had its time: a check that never ended would withhold notices from the client for ever. */
    private CompletableFuture<?> checked(ClientSession session) {
        CompletableFuture<Object> checked = new CompletableFuture<>();
        callbacks.beforeResume(session).whenComplete((unused, failure) -> {
            if (failure == null) {
                checked.complete(true);
            } else {
                checked.completeExceptionally(failure);
            }
        });
        if (!checked.isDone()) {
            failLater(session, checked);
        }
        return checked;
    }

    private void failLater(ClientSession session, CompletableFuture<?> checked) {
        Runnable fail = () -> session.context()
                .control(session.id(), () -> checked.completeExceptionally(new TimeoutException("a resume check")));
        try {
            Cancellable timer = runtime.schedule("resume check", checkTime, fail);
            var unused = checked.whenComplete((result, failure) -> timer.cancel());
        } catch (RejectedExecutionException closed) {
            fail.run();
        }
    }

    private Optional<String> refusal(ClientSession session, Resumption resumption, Claim claim, Admission admission) {
        if (!isEnabled) {
            return Optional.of(DISABLED);
        }
        if (!resumption.accepts(claim.secret(), runtime.nanoTime())) {
            return Optional.of(whyOver(claim));
        }
        if (!Reauthentication.isSameUser(session, admission)) {
            LOG.log(Level.WARNING, () -> "another user knows the secret of " + session + ": nobody can resume it now");
            resumption.revoke();
            return Optional.of("identity");
        }
        return Optional.empty();
    }

    private String whyOver(Claim claim) {
        return keeper.whyLapsed(claim.client(), claim.secret()).orElse(UNKNOWN);
    }

    /** One claim that is to be granted, unless something has changed meanwhile. */
    private final class Attempt {
        private final Greeting greeting;
        private final ClientSession session;
        private final Resumption resumption;
        private final Claim claim;
        private final Admission admission;

        Attempt(Greeting greeting, ClientSession session, Resumption resumption, Claim claim, Admission admission) {
            this.greeting = greeting;
            this.session = session;
            this.resumption = resumption;
            this.claim = claim;
            this.admission = admission;
        }

        /** Why it is refused after all. */
        Optional<String> take() {
            if (!greeting.passOnPlace()) {
                return Optional.empty();
            }
            String secret = Secrets.next(runtime.random());
            ConnectionEnd next = new ConnectionEnd(session, greeting.connection());
            Move move = new Move(this, next, answers.resumed(session, admission, secret, claim.seq()));
            Outbox moved = resumption.claim(claim.secret(), secret, runtime.nanoTime(), move);
            if (moved == null) {
                greeting.keepPlace();
                return refusal(move);
            }
            goOn(moved, Objects.requireNonNull(move.last), next);
            return Optional.empty();
        }

        private Optional<String> refusal(Move move) {
            if (move.isBeyondLimit) {
                greeting.end(CloseReason.CONNECTION_LIMIT);
                return Optional.empty();
            }
            return Optional.of(move.last != null && session.isConnected() ? "gap" : whyOver(claim));
        }

        private void goOn(Outbox moved, ConnectionEnd last, ConnectionEnd next) {
            last.giveUp(CloseReason.REPLACED);
            session.touch();
            heartbeats.watch(session, admission.heartbeatPolicy());
            ages.watch(session);
            session.context().observer().clientResumed(session.id());
            greeting.become(pipeline.openResumed(session, next, reauthentication.over(greeting.handshake())));
            moved.start(); // last: whoever reads the answer may send at once
        }
    }

    /** What a claim changes before the session can be lost again: otherwise the application would be told so in the wrong order. */
    private final class Move implements Supplier<@Nullable Outbox> {
        private final ClientSession session;
        private final Attempt attempt;
        private final ConnectionEnd next;
        private final Outgoing hello;
        private boolean isBeyondLimit;

        /** Null as long as the secret is not accepted. */
        private @Nullable ConnectionEnd last;

        Move(Attempt attempt, ConnectionEnd next, Outgoing hello) {
            this.session = attempt.session;
            this.attempt = attempt;
            this.next = next;
            this.hello = hello;
        }

        @Override
        public @Nullable Outbox get() {
            boolean isKept = keeper.isKept(session);
            isBeyondLimit = isKept && !tryTakeForUser();
            if (isBeyondLimit) {
                return null;
            }
            last = session.outbox().end();
            Outbox moved = session.outbox().moveTo(next, attempt.claim.seq(), hello);
            if (isKept) {
                settlePlaceOfUser(moved != null && keeper.forget(session));
            }
            if (moved != null) {
                reauthentication.accept(session, attempt.admission);
                Runnable tell = () -> callbacks.resumed(session);
                session.mailbox().add(new TimedCall(session, "onResume", tell, () -> {}));
            }
            return moved;
        }

        private boolean tryTakeForUser() {
            return session.user().map(user -> places.tryTakeForUser(user.id())).orElse(true);
        }

        /** Nobody needs it if the session was refused, or has ended meanwhile. */
        private void settlePlaceOfUser(boolean isNeeded) {
            session.user().map(User::id).ifPresent(isNeeded ? places::openedOfUser : places::giveBackOfUser);
        }
    }
}
