// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Admission;
import io.hubwire.AsyncAuthenticator;
import io.hubwire.Authenticator;
import io.hubwire.CatchAllHandler;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.InboundLimits;
import io.hubwire.LoginPolicy;
import io.hubwire.Middleware;
import io.hubwire.OutboxPolicy;
import io.hubwire.PayloadValidator;
import io.hubwire.ResumePolicy;
import io.hubwire.RouteDefinition;
import io.hubwire.codec.JacksonCodec;
import io.hubwire.internal.routing.RouteTable;
import io.hubwire.internal.runtime.DefaultRuntime;
import io.hubwire.spi.HubObserver;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.MessageCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Collects settings and puts the hub together. For one thread. */
public final class DefaultHubBuilder implements HubBuilder {
    private final RouteTable routes = new RouteTable();
    private final Callbacks callbacks = new Callbacks();
    private final List<Middleware> middleware = new ArrayList<>();
    private final List<HubObserver> observers = new ArrayList<>();

    private AsyncAuthenticator authenticator = handshake -> CompletableFuture.completedFuture(Admission.anonymous());
    private HeartbeatPolicy heartbeat = HeartbeatPolicy.serverPing();
    private OutboxPolicy outbox = OutboxPolicy.defaults();
    private ResumePolicy resume = ResumePolicy.defaults();
    private InboundLimits limits = InboundLimits.defaults();
    private ConnectionLimits connections = ConnectionLimits.defaults();
    private LoginPolicy login = LoginPolicy.ANY_NUMBER;
    private Duration shutdownGrace = Duration.ofSeconds(10);
    private boolean errorsAsMinusOne;
    private boolean isBuilt;
    private @Nullable PayloadValidator validator;
    private @Nullable EventType<Void> kickNotice;
    private @Nullable MessageCodec codec;
    private @Nullable HubRuntime runtime;

    @Override
    public HubBuilder install(HubModule... modules) {
        requireOpen("install");
        for (HubModule module : modules) {
            module.install(this);
        }
        return this;
    }

    @Override
    public HubBuilder use(Middleware... wrappers) {
        requireOpen("use");
        middleware.addAll(List.of(wrappers));
        return this;
    }

    @Override
    public HubBuilder authenticator(Authenticator judge) {
        requireOpen("authenticator");
        Objects.requireNonNull(judge, "authenticator");
        authenticator = handshake -> {
            try {
                return CompletableFuture.completedFuture(judge.authenticate(handshake));
            } catch (Exception refusal) {
                return CompletableFuture.failedFuture(refusal);
            }
        };
        return this;
    }

    @Override
    public HubBuilder authenticatorAsync(AsyncAuthenticator judge) {
        requireOpen("authenticatorAsync");
        authenticator = Objects.requireNonNull(judge, "authenticator");
        return this;
    }

    @Override
    public HubBuilder heartbeat(HeartbeatPolicy policy) {
        requireOpen("heartbeat");
        heartbeat = Objects.requireNonNull(policy, "heartbeat");
        return this;
    }

    @Override
    public HubBuilder resume(ResumePolicy policy) {
        requireOpen("resume");
        resume = Objects.requireNonNull(policy, "resume");
        return this;
    }

    @Override
    public HubBuilder outbox(OutboxPolicy policy) {
        requireOpen("outbox");
        outbox = Objects.requireNonNull(policy, "outbox");
        return this;
    }

    @Override
    public HubBuilder limits(InboundLimits inbound) {
        requireOpen("limits");
        limits = Objects.requireNonNull(inbound, "limits");
        return this;
    }

    @Override
    public HubBuilder connections(ConnectionLimits connecting) {
        requireOpen("connections");
        connections = Objects.requireNonNull(connecting, "connections");
        return this;
    }

    @Override
    public HubBuilder login(LoginPolicy policy) {
        requireOpen("login");
        login = Objects.requireNonNull(policy, "login");
        return this;
    }

    @Override
    public HubBuilder validator(PayloadValidator judge) {
        requireOpen("validator");
        validator = Objects.requireNonNull(judge, "validator");
        return this;
    }

    @Override
    public HubBuilder announceKick(EventType<Void> event) {
        requireOpen("announceKick");
        kickNotice = Objects.requireNonNull(event, "kick notice");
        return this;
    }

    @Override
    public HubBuilder classicErrorsAsMinusOne() {
        requireOpen("classicErrorsAsMinusOne");
        errorsAsMinusOne = true;
        return this;
    }

    @Override
    public HubBuilder onConnect(ClientListener listener) {
        requireOpen("onConnect");
        callbacks.onConnect(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public HubBuilder onDisconnect(DisconnectListener listener) {
        requireOpen("onDisconnect");
        callbacks.onDisconnect(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public HubBuilder onDetach(DisconnectListener listener) {
        requireOpen("onDetach");
        callbacks.onDetach(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public HubBuilder onResume(ClientListener listener) {
        requireOpen("onResume");
        callbacks.onResume(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public HubBuilder beforeResume(ResumeCheck check) {
        requireOpen("beforeResume");
        callbacks.beforeResume(Objects.requireNonNull(check, "check"));
        return this;
    }

    @Override
    public HubBuilder onJoined(String pattern, GroupListener listener) {
        requireOpen("onJoined");
        callbacks.onJoined(pattern, Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public HubBuilder onLeft(String pattern, GroupListener listener) {
        requireOpen("onLeft");
        callbacks.onLeft(pattern, Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public HubBuilder onUserOnline(UserListener listener) {
        requireOpen("onUserOnline");
        callbacks.onUserOnline(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public HubBuilder onUserOffline(UserListener listener) {
        requireOpen("onUserOffline");
        callbacks.onUserOffline(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    @Override
    public HubBuilder codec(MessageCodec ownCodec) {
        requireOpen("codec");
        codec = Objects.requireNonNull(ownCodec, "codec");
        return this;
    }

    @Override
    public HubBuilder observer(HubObserver observer) {
        requireOpen("observer");
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    @Override
    public HubBuilder runtime(HubRuntime ownRuntime) {
        requireOpen("runtime");
        runtime = Objects.requireNonNull(ownRuntime, "runtime");
        return this;
    }

    @Override
    public HubBuilder shutdownGrace(Duration grace) {
        requireOpen("shutdownGrace");
        if (grace.isNegative() || grace.isZero() || grace.compareTo(DefaultHub.LONGEST_GRACE) > 0) {
            throw new IllegalArgumentException(
                    "shutdownGrace is " + grace + ", allowed is more than zero and at most 365 days");
        }
        shutdownGrace = grace;
        return this;
    }

    @Override
    public HubBuilder add(RouteDefinition route) {
        requireOpen("add");
        routes.add(route);
        return this;
    }

    @Override
    public HubBuilder onUnknown(CatchAllHandler handler) {
        requireOpen("onUnknown");
        routes.onUnknown(handler);
        return this;
    }

    @Override
    public HubBuilder emits(EventType<?>... types) {
        requireOpen("emits");
        routes.emits(types);
        return this;
    }

    private void requireOpen(String setting) {
        if (isBuilt) {
            throw new IllegalStateException(setting + " comes too late: this builder has made its hub, which it does"
                    + " not change any more; events can be registered through hub.events() until the hub starts");
        }
    }

    @Override
    public Hub build() {
        if (isBuilt) {
            throw new IllegalStateException("a builder makes one hub, and this one has made it");
        }
        requireConsistent();
        isBuilt = true;
        return new DefaultHub(new HubSettings(
                authenticator,
                heartbeat,
                outbox,
                resume,
                limits,
                connections,
                login,
                Optional.ofNullable(validator),
                Optional.ofNullable(kickNotice),
                errorsAsMinusOne,
                middleware,
                routes,
                callbacks,
                codec == null ? JacksonCodec.strict() : codec,
                ObserverChain.of(observers),
                runtime == null ? new DefaultRuntime() : runtime,
                runtime == null,
                shutdownGrace));
    }

    private void requireConsistent() {
        if (limits.messageBytes() > limits.mailboxBytes()) {
            throw new IllegalArgumentException("limits.mailbox.bytes is " + limits.mailboxBytes()
                    + ", allowed is limits.messageBytes (" + limits.messageBytes() + ") or more");
        }
        if (limits.messageBytes() > limits.hubBytes()) {
            throw new IllegalArgumentException("limits.hubBytes is " + limits.hubBytes()
                    + ", allowed is limits.messageBytes (" + limits.messageBytes() + ") or more");
        }
        if (limits.messageBytes() > limits.bytesBurst()) {
            throw new IllegalArgumentException("limits.bytesPerSecond.burst is " + limits.bytesBurst()
                    + ", allowed is limits.messageBytes (" + limits.messageBytes() + ") or more");
        }
    }
}
