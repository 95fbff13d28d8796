// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Admission;
import io.hubwire.LoginPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.liveness.AgeMonitor;
import io.hubwire.internal.liveness.HeartbeatMonitor;
import io.hubwire.internal.liveness.SessionDeadlines;
import io.hubwire.internal.routing.InboundPipeline;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Identity;
import io.hubwire.internal.session.Mailbox;
import io.hubwire.internal.session.Secrets;
import io.hubwire.internal.session.SessionContext;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.session.TimedCall;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.EventException;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes a session of an admitted connection and begins its life. Thread-safe. */
final class SessionOpener {
    private static final ConnectionHandler INERT = new ConnectionHandler() {
        @Override
        public void onText(String part, boolean last) {}

        @Override
        public void onPong() {}

        @Override
        public void onViolation(CloseReason reason) {}

        @Override
        public void onClosed(CloseReason reason) {}
    };

    private final SessionContext context;
    private final ClientDirectory<ClientSession> clients;
    private final InboundPipeline pipeline;
    private final HeartbeatMonitor heartbeats;
    private final AgeMonitor ages;
    private final SessionDeadlines deadlines;
    private final Callbacks callbacks;
    private final LoginPolicy login;
    private final ResumePolicy resume;
    private final HelloAnswers answers;
    private final Reauthentication reauthentication;
    private final Revocations revocations;
    private final LiveSessions live;
    private final AtomicLong serials = new AtomicLong();

    SessionOpener(
            SessionContext context,
            ClientDirectory<ClientSession> clients,
            InboundPipeline pipeline,
            HeartbeatMonitor heartbeats,
            AgeMonitor ages,
            SessionDeadlines deadlines,
            HubSettings settings,
            HelloAnswers answers,
            Reauthentication reauthentication,
            Revocations revocations,
            LiveSessions live) {
        this.context = context;
        this.clients = clients;
        this.pipeline = pipeline;
        this.heartbeats = heartbeats;
        this.ages = ages;
        this.deadlines = deadlines;
        this.callbacks = settings.callbacks();
        this.login = settings.login();
        this.resume = settings.resume();
        this.answers = answers;
        this.reauthentication = reauthentication;
        this.revocations = revocations;
        this.live = live;
    }

    ConnectionHandler open(Connection connection, Admitted admitted, Optional<String> address, Optional<String> agent) {
        Admission admission = admitted.admission();
        Identity identity = identity(admission, address, agent);
        ClientSession session = new ClientSession(context, identity, connection, admission.attributes());
        start(session, admitted);
        return pipeline.open(session);
    }

    /** A session that may outlive its connection; {@code reason} tells the client why it is none that it had. */
    void openResumable(Greeting greeting, Admitted admitted, String reason) {
        Handshake handshake = greeting.handshake();
        Admission admission = admitted.admission();
        Identity identity = identity(admission, handshake.remoteAddress(), handshake.header("User-Agent"));
        ClientSession session =
                new ClientSession(context, identity, greeting.connection(), admission.attributes(), resume);
        session.outbox().beginWith(answers.fresh(session, admission, reason));
        start(session, admitted);
        greeting.become(pipeline.openResumable(session, reauthentication.over(handshake)));
        session.outbox().start(); // last: whoever reads the answer may send at once, and be quick to come back
    }

    private Identity identity(Admission admission, Optional<String> address, Optional<String> agent) {
        HubRuntime runtime = context.runtime();
        return Identity.of(
                Secrets.next(runtime.random()),
                serials.incrementAndGet(),
                admission.user(),
                address,
                agent,
                runtime.jitter(),
                runtime.now(),
                runtime.nanoTime());
    }

    private void start(ClientSession session, Admitted admitted) {
        live.add();
        try {
            context.observer().clientConnected(session.id());
            if (!callbacks.hasOnConnect()) {
                session.life().announce(); // before anybody finds it: whatever becomes of it, its end is told
            }
            clients.add(session);
            endRevoked(session, admitted);
            begin(session, admitted.admission());
        } catch (Throwable failure) { // whatever is thrown, a session that has begun ends
            pipeline.failures().report(session, "connect", failure);
            session.end(CloseReason.SERVER_ERROR, Ending.DRAINED);
        }
        endLate(session);
    }

    private void begin(ClientSession session, Admission admission) {
        session.enterUntold(admission.groups());
        session.mailbox().add(connectCall(session, admission));
        watchCredential(session, admission);
        heartbeats.watch(session, admission.heartbeatPolicy());
        ages.watch(session);
        replaceOlder(session);
    }

    /** Whoever has revoked the credential meanwhile may not have found the session. */
    private void endRevoked(ClientSession session, Admitted admitted) {
        if (revocations.areBehind(admitted)) {
            session.end(CloseReason.CREDENTIALS_REVOKED, Ending.CUT);
        }
    }

    /** The hub has begun to shut down meanwhile. */
    private void endLate(ClientSession session) {
        if (live.isClosing()) {
            session.drain();
        }
        if (live.isOver()) {
            session.life().abort();
        }
    }

    /** A connection for which no place is kept any more. */
    ConnectionHandler refuse(Connection connection) {
        context.control("late connection", () -> connection.close(CloseReason.OVERLOADED));
        return INERT;
    }

    /** First in the session's lane, so that it comes before the first event; without callbacks there is no time to look after. */
    private Mailbox.Job connectCall(ClientSession session, Admission admission) {
        if (callbacks.hasOnConnect()) {
            return new TimedCall(session, "onConnect", () -> connect(session, admission), () -> refuseLate(session));
        }
        return () -> {
            connect(session, admission);
            return null;
        };
    }

    private void connect(ClientSession session, Admission admission) {
        session.life().announce();
        try {
            callbacks.connected(session);
            session.tellEntered(admission.groups());
        } catch (Throwable failure) { // whatever user code throws, the client is refused
            session.end(reasonFor(session, failure), Ending.DRAINED);
        }
    }

    /** The application has taken too long, or the hub's shutdown waits for it no longer. */
    private void refuseLate(ClientSession session) {
        if (live.isClosing()) {
            session.drain();
        } else {
            session.end(CloseReason.SERVER_ERROR, Ending.DRAINED);
        }
    }

    private CloseReason reasonFor(ClientSession session, Throwable failure) {
        if (failure instanceof EventException expected && expected.code().equals(ErrorCode.UNAUTHENTICATED)) {
            return CloseReason.UNAUTHENTICATED;
        }
        if (failure instanceof EventException expected && expected.code().equals(ErrorCode.FORBIDDEN)) {
            return CloseReason.FORBIDDEN;
        }
        pipeline.failures().report(session, "onConnect", failure);
        return CloseReason.SERVER_ERROR;
    }

    private void watchCredential(ClientSession session, Admission admission) {
        if (session.resumption() != null) {
            reauthentication.accept(session, admission);
        } else if (admission.expiry().isPresent()) {
            Duration left =
                    Duration.between(context.runtime().now(), admission.expiry().get());
            deadlines.watchExpiry(session, left);
        }
    }

    private void replaceOlder(ClientSession session) {
        if (login != LoginPolicy.NEWEST_ONLY) {
            return;
        }
        session.user().ifPresent(user -> {
            for (ClientSession other : clients.ofUser(user.id())) {
                if (other.serial() < session.serial()) {
                    other.kick(CloseReason.REPLACED);
                } else if (other.serial() > session.serial()) {
                    session.kick(CloseReason.REPLACED); // a newer one was quicker, and did not find this one
                }
            }
        });
    }
}
