// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.InboundLimits;
import io.hubwire.internal.Hello.Claim;
import io.hubwire.internal.runtime.CoarseTimer;
import io.hubwire.internal.session.MessageAssembly;
import io.hubwire.internal.session.SessionContext;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.MessageCodec;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/** Receives the connections of the {@code hubwire.v1} profile: who is it, and is it a session's or a new one. Thread-safe. */
final class Reception {
    private static final Duration HELLO_TIME = Duration.ofSeconds(10);
    private static final Duration SILENT_GRACE = Duration.ofMillis(800);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HubRuntime runtime;
    private final HubSettings settings;
    private final SessionContext context;
    private final Places places;
    private final SessionOpener opener;
    private final Takeover takeover;
    private final Authentication authentication;
    private final CoarseTimer<Greeting> hellos;
    private final Set<Greeting> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    Reception(
            HubSettings settings,
            SessionContext context,
            Places places,
            SessionOpener opener,
            Takeover takeover,
            Authentication authentication) {
        this.runtime = settings.runtime();
        this.settings = settings;
        this.context = context;
        this.places = places;
        this.opener = opener;
        this.takeover = takeover;
        this.authentication = authentication;
        this.hellos = new CoarseTimer<>(runtime, "hello deadline", (greeting, late) -> greeting.timeOut());
    }

    /** A socket is open whose place is taken. */
    ConnectionHandler receive(Connection connection, Handshake handshake) {
        Greeting greeting = new Greeting(this, connection, handshake);
        waiting.add(greeting);
        if (isClosed) {
            greeting.giveUp(CloseReason.DRAIN);
        }
        hellos.add(greeting, runtime.nanoTime() + HELLO_TIME.toNanos());
        return greeting;
    }

    /** Whoever is nobody yet does not become anybody. */
    void close() {
        isClosed = true;
        waiting.forEach(greeting -> greeting.giveUp(CloseReason.DRAIN));
    }

    /** The greeting is over, or its connection gone. */
    void forget(Greeting greeting) {
        waiting.remove(greeting);
    }

    void closeTimers() {
        hellos.close();
    }

    MessageAssembly newAssembly() {
        return new MessageAssembly(settings.limits(), context.mailboxBudget());
    }

    MessageCodec codec() {
        return settings.codec();
    }

    InboundLimits limits() {
        return settings.limits();
    }

    /** Nothing is left of a connection that was nobody's. */
    void giveBack(Greeting greeting) {
        places.giveBack();
    }

    /** Closes a connection that is nobody's, and cuts it when the grace is over; there is little of it for who has never said anything. */
    void close(Connection connection, CloseReason why, Runnable whenGone) {
        Duration closeGrace = settings.outbox().closeGrace();
        boolean isSilent = why.equals(CloseReason.HELLO_TIMEOUT) && closeGrace.compareTo(SILENT_GRACE) > 0;
        context.control("greeting", () -> connection.close(why));
        Runnable cut = () -> context.control("greeting", () -> {
            connection.abort();
            whenGone.run();
        });
        try {
            runtime.schedule("greeting: cut", isSilent ? SILENT_GRACE : closeGrace, cut);
        } catch (RejectedExecutionException closed) {
            cut.run();
        }
    }

    /** Asks who it is, and goes on when that is known. */
    void decide(Greeting greeting, Hello hello) {
        Handshake handshake = new HelloHandshake(greeting.handshake(), hello.token());
        authentication.ask(handshake, new Authentication.Outcome() {
            @Override
            public void admitted(Admitted admitted) {
                if (hello.claim().isPresent()) {
                    claim(greeting, hello.claim().get(), admitted);
                } else {
                    begin(greeting, admitted, "none");
                }
            }

            @Override
            public void refused(int status) {
                greeting.end(reasonFor(status));
            }
        });
    }

    private static CloseReason reasonFor(int status) {
        return switch (status) {
            case UNAUTHORIZED -> CloseReason.UNAUTHENTICATED;
            case FORBIDDEN -> CloseReason.FORBIDDEN;
            default -> CloseReason.OVERLOADED;
        };
    }

    private void claim(Greeting greeting, Claim claim, Admitted admitted) {
        takeover.claim(greeting, claim, admitted.admission()).whenComplete((refusal, failure) -> {
            if (failure != null) {
                greeting.end(CloseReason.SERVER_ERROR);
            } else if (refusal.isPresent()) {
                begin(greeting, admitted, refusal.get());
            }
        });
    }

    /** A new session; {@code reason} tells the client why it is none that it had. */
    private void begin(Greeting greeting, Admitted admitted, String reason) {
        Optional<String> userId = admitted.userId();
        if (userId.isPresent() && !places.tryTakeForUser(userId.get())) {
            greeting.end(CloseReason.CONNECTION_LIMIT);
            return;
        }
        if (!greeting.passOnPlace()) {
            userId.ifPresent(places::giveBackOfUser);
            return;
        }
        opener.openResumable(greeting, admitted, reason);
        userId.ifPresent(places::openedOfUser);
    }
}
