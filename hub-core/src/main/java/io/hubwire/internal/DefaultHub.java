// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.EventRegistry;
import io.hubwire.Hub;
import io.hubwire.LocalAudience;
import io.hubwire.Online;
import io.hubwire.Timers;
import io.hubwire.internal.delivery.Broadcaster;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.directory.MembershipIndex;
import io.hubwire.internal.liveness.AgeMonitor;
import io.hubwire.internal.liveness.CredentialMonitor;
import io.hubwire.internal.liveness.HeartbeatMonitor;
import io.hubwire.internal.liveness.SessionDeadlines;
import io.hubwire.internal.liveness.SessionKeeper;
import io.hubwire.internal.routing.InboundPipeline;
import io.hubwire.internal.runtime.AwaitedFuture;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Completions;
import io.hubwire.internal.session.Lifecycle;
import io.hubwire.internal.session.MemoryBudget;
import io.hubwire.internal.session.Messages;
import io.hubwire.internal.session.SessionContext;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.session.TimedCall;
import io.hubwire.internal.session.Writers;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.Names;
import io.hubwire.spi.ConnectionAcceptor;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The engine put together. Thread-safe. */
final class DefaultHub implements Hub, Lifecycle {
    static final Duration LONGEST_GRACE = Duration.ofDays(365);

    private final HubSettings settings;
    private final HubRuntime runtime;
    private final Places places;
    private final Revocations revocations;
    private final Presence presence;
    private final ClientDirectory<ClientSession> clients;
    private final LiveSessions live;
    private final SessionContext context;
    private final SessionDeadlines deadlines;
    private final HeartbeatMonitor heartbeats;
    private final SessionKeeper keeper;
    private final CredentialMonitor credentials;
    private final AgeMonitor ages;
    private final InboundPipeline pipeline;
    private final Broadcaster broadcaster;
    private final ConnectionIntake intake;
    private final DefaultTimers timers;
    private final AtomicReference<@Nullable Shutdown> shutdown = new AtomicReference<>();

    DefaultHub(HubSettings settings) {
        this.settings = settings;
        this.runtime = settings.runtime();
        this.places = new Places(settings.connections(), settings.login());
        this.revocations = new Revocations(runtime, settings.connections());
        this.presence = new Presence(runtime, settings.callbacks());
        this.clients = new ClientDirectory<>(presence::online, presence::offline);
        this.live = new LiveSessions(clients);
        this.deadlines = new SessionDeadlines(runtime, settings.outbox());
        this.heartbeats = new HeartbeatMonitor(runtime, settings.heartbeat());
        this.context = newContext();
        this.keeper = new SessionKeeper(runtime, settings.resume(), context.resumeBudget());
        this.pipeline = newPipeline();
        this.broadcaster = new Broadcaster(context, clients);
        this.timers = new DefaultTimers(runtime);
        this.credentials = new CredentialMonitor(runtime);
        this.ages = new AgeMonitor(runtime, settings.connections().maxAge());
        this.intake = newIntake();
    }

    private ConnectionIntake newIntake() {
        HelloAnswers answers = new HelloAnswers(settings);
        Authentication authentication = new Authentication(settings);
        Reauthentication reauthentication = new Reauthentication(authentication, credentials);
        SessionOpener opener = new SessionOpener(
                context,
                clients,
                pipeline,
                heartbeats,
                ages,
                deadlines,
                settings,
                answers,
                reauthentication,
                revocations,
                live);
        Takeover takeover =
                new Takeover(settings, clients, keeper, places, pipeline, heartbeats, ages, reauthentication, answers);
        Reception reception = new Reception(settings, context, places, opener, takeover, authentication);
        return new ConnectionIntake(settings, places, opener, reception);
    }

    private InboundPipeline newPipeline() {
        return new InboundPipeline(
                settings.codec(),
                runtime,
                settings.routes(),
                settings.middleware(),
                settings.validator(),
                settings.limits());
    }

    private SessionContext newContext() {
        return new SessionContext(
                runtime,
                settings.observer(),
                new Messages(settings.codec(), runtime, settings.errorsAsMinusOne(), settings.routes()::typeOf),
                settings.outbox(),
                settings.limits(),
                new MemoryBudget(settings.outbox().hubBytes(), clients::size),
                new MemoryBudget(settings.resume().hubBytes(), clients::size),
                new MemoryBudget(settings.limits().hubBytes(), clients::size),
                new Writers(runtime),
                new Completions(runtime),
                deadlines,
                new MembershipIndex<>(settings.limits().groups()),
                this,
                settings.kickNotice());
    }

    @Override
    public void start() {
        settings.routes().close();
        intake.open();
    }

    @Override
    public Audience all() {
        return broadcaster.all();
    }

    @Override
    public Audience group(String group) {
        return broadcaster.group(Names.requireGroup(group));
    }

    @Override
    public Audience groups(String... groups) {
        for (String group : groups) {
            Names.requireGroup(group);
        }
        return broadcaster.groups(groups);
    }

    @Override
    public Audience user(String userId) {
        return broadcaster.user(userId);
    }

    @Override
    public Audience client(String clientId) {
        return broadcaster.client(clientId);
    }

    @Override
    public LocalAudience local() {
        return broadcaster.all();
    }

    @Override
    public Optional<Client> find(String clientId) {
        return Optional.ofNullable(clients.find(clientId));
    }

    @Override
    public Online online() {
        return new DefaultOnline(clients);
    }

    @Override
    public int revokeUser(String userId) {
        revocations.add(userId); // before it looks, so that who is coming in is found there, or finds this
        List<ClientSession> sessions = clients.ofUser(userId);
        sessions.forEach(session -> session.end(CloseReason.CREDENTIALS_REVOKED, Ending.CUT));
        return sessions.size();
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public EventRegistry events() {
        return settings.routes();
    }

    @Override
    public ConnectionAcceptor acceptor() {
        return intake;
    }

    @Override
    public CompletionStage<ShutdownReport> shutdown(Duration grace) {
        return AwaitedFuture.copyOf(begin(grace).over(), runtime, "Hub.shutdown()");
    }

    @Override
    public void close() {
        Shutdown end = begin(settings.shutdownGrace());
        end.shorten(settings.shutdownGrace());
        var unused = AwaitedFuture.copyOf(end.over(), runtime, "Hub.close()").join();
        closeRuntime(); // once more: from here it waits for the threads
    }

    private Shutdown begin(Duration grace) {
        if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException("shutdown grace is " + grace + ", allowed is zero to 365 days");
        }
        int returnsPerSecond = settings.connections().handshakesPerSecond();
        Farewell farewell = new Farewell(clients, runtime, returnsPerSecond);
        Shutdown end = new Shutdown(
                runtime, clients, farewell, live, presence, places, grace, this::closeTimers, this::closeRuntime);
        Shutdown begun = shutdown.compareAndExchange(null, end);
        if (begun != null) {
            return begun;
        }
        intake.close();
        pipeline.close();
        timers.close();
        end.begin();
        return end;
    }

    private void closeTimers() {
        heartbeats.close();
        keeper.close();
        credentials.close();
        ages.close();
        deadlines.close();
        intake.closeTimers();
    }

    private void closeRuntime() {
        context.completions().close();
        if (settings.ownsRuntime()) {
            runtime.close();
        }
    }

    @Override
    public Hub hub() {
        return this;
    }

    @Override
    public void joined(ClientSession session, String group) {
        settings.callbacks().joined(session, group);
    }

    @Override
    public void left(ClientSession session, String group) {
        settings.callbacks().left(session, group);
    }

    @Override
    public void ended(ClientSession session, CloseReason reason) {
        if (!keeper.forget(session)) {
            session.user().ifPresent(user -> places.endedOfUser(user.id()));
        }
        live.end(session); // after its place is free: who does not see it any more can connect
        settings.observer().clientDisconnected(session.id(), reason);
    }

    @Override
    public void disconnected(ClientSession session, CloseReason reason) {
        session.toldGroups().forEach(group -> left(session, group));
        settings.callbacks().disconnected(session, reason);
    }

    @Override
    public void detached(ClientSession session, CloseReason why) {
        if (keeper.keep(session, why)) {
            session.user().ifPresent(user -> places.endedOfUser(user.id()));
        }
        Runnable tell = () -> settings.callbacks().detached(session, why);
        session.mailbox().add(new TimedCall(session, "onDetach", tell, () -> {}));
    }

    @Override
    public void resumeBudgetIsFull() {
        keeper.evictSoon();
    }

    @Override
    public void connectionGone(ClientSession session) {
        places.giveBack();
    }

    @Override
    public void gone(ClientSession session) {
        if (session.resumption() == null) {
            places.giveBack();
        }
        live.remove(session);
    }
}
