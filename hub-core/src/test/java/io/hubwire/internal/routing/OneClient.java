// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.InboundLimits;
import io.hubwire.Middleware;
import io.hubwire.OutboxPolicy;
import io.hubwire.PayloadValidator;
import io.hubwire.codec.JacksonCodec;
import io.hubwire.internal.liveness.SessionDeadlines;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.spi.ConnectionHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pipeline with one client on it, who has received nothing yet. Routes and settings are given before the first message. */
final class OneClient {
    final ManualRuntime runtime = new ManualRuntime();
    final RouteTable routes = new RouteTable();
    final RecordingConnection connection = RecordingConnection.inline();
    private final List<Middleware> middleware = new ArrayList<>();
    private final SessionStage stage;
    private final InboundLimits limits;
    private Optional<PayloadValidator> validator = Optional.empty();
    private @Nullable InboundPipeline pipeline;
    private @Nullable ConnectionHandler handler;
    final ClientSession session;

    OneClient() {
        this(InboundLimits.defaults());
    }

    OneClient(InboundLimits limits) {
        OutboxPolicy outbox = OutboxPolicy.atMost(100_000, 1 << 24);
        this.limits = limits;
        this.stage = new SessionStage(runtime, outbox, limits, new SessionDeadlines(runtime, outbox));
        this.session = stage.open(connection, "ann");
    }

    OneClient use(Middleware wrapper) {
        middleware.add(wrapper);
        return this;
    }

    OneClient validator(PayloadValidator judge) {
        validator = Optional.of(judge);
        return this;
    }

    InboundPipeline pipeline() {
        InboundPipeline known = pipeline;
        if (known == null) {
            known = new InboundPipeline(JacksonCodec.strict(), runtime, routes, middleware, validator, limits);
            pipeline = known;
        }
        return known;
    }

    ConnectionHandler handler() {
        ConnectionHandler known = handler;
        if (known == null) {
            known = pipeline().open(session);
            handler = known;
            runtime.runAll(); // its lane comes to rest, as after onConnect
        }
        return known;
    }

    /** Delivers a message and lets the hub come to rest. */
    OneClient receive(String text) {
        deliver(text);
        runtime.runAll();
        return this;
    }

    /** Delivers a message; only what runs on the delivering thread has run. */
    OneClient deliver(String text) {
        handler().onText(text, true);
        return this;
    }

    OneClient advance(Duration duration) {
        runtime.advance(duration);
        return this;
    }

    /** What was sent to the client, without timestamps. */
    List<String> answers() {
        return connection.sent().stream()
                .map(text -> text.replaceFirst(",\"timestamp\":\\d+", ""))
                .toList();
    }

    List<String> story() {
        return stage.story();
    }
}
