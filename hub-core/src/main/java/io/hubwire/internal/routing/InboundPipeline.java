// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.InboundLimits;
import io.hubwire.Middleware;
import io.hubwire.PayloadValidator;
import io.hubwire.RouteDefinition;
import io.hubwire.RouteDefinition.Dispatch;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.ConnectionEnd;
import io.hubwire.internal.session.Outgoing;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.InvalidPayloadException;
import io.hubwire.spi.MessageCodec;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way of an inbound message: decode, find the route, hand it to its client's lane.
 *
 * <p>It runs on the container's thread, which reads no more of that client until it returns, so it never waits. Thread-safe; calls
 * for one connection do not overlap.
 */
public final class InboundPipeline {
    private final MessageCodec codec;
    private final HubRuntime runtime;
    private final RouteTable routes;
    private final List<Middleware> middleware;
    private final Optional<PayloadValidator> validator;
    private final InboundLimits limits;
    private final Failures failures;
    private final Repetitions repetitions;
    private final Rate eventRate;
    private final Rate byteRate;
    private final Rate refusalRate;
    private final long handlerTimeNanos;
    private volatile boolean isClosed;

    /** With the hub's settings. */
    public InboundPipeline(
            MessageCodec codec,
            HubRuntime runtime,
            RouteTable routes,
            List<Middleware> middleware,
            Optional<PayloadValidator> validator,
            InboundLimits limits) {
        this.codec = codec;
        this.runtime = runtime;
        this.routes = routes;
        this.middleware = List.copyOf(middleware);
        this.validator = validator;
        this.limits = limits;
        this.failures = new Failures(runtime);
        this.repetitions = new Repetitions(runtime, failures);
        this.eventRate = new Rate(limits.eventsPerSecond(), limits.eventsBurst());
        this.byteRate = new Rate(limits.bytesPerSecond(), limits.bytesBurst());
        this.refusalRate = refusalRate(limits);
        this.handlerTimeNanos = limits.handlerTime().toNanos();
    }

    /** Refusals are forgotten as fast as events are let in; where these are not limited, those of bytes by the burst a second. */
    private static Rate refusalRate(InboundLimits limits) {
        boolean isLimited = limits.eventsPerSecond() != InboundLimits.UNLIMITED;
        return new Rate(isLimited ? limits.eventsPerSecond() : limits.eventsBurst(), limits.eventsBurst());
    }

    /** The hub's end of a session's connection. To be called when {@code onConnect} is in the session's lane already. */
    public ConnectionHandler open(ClientSession client) {
        return ready(new InboundConnection(this, client));
    }

    /** The hub's end of the first connection of a session that may have more; otherwise like {@link #open}. */
    public GreetedConnection openResumable(ClientSession client, CredentialReceiver credentials) {
        return openResumed(client, client.outbox().end(), credentials);
    }

    /** The hub's end of another connection that has taken a session over. */
    public GreetedConnection openResumed(ClientSession client, ConnectionEnd end, CredentialReceiver credentials) {
        client.assembly().forget();
        return ready(new ResumableInbound(this, client, end, credentials));
    }

    private static <C extends InboundConnection> C ready(C connection) {
        connection.client.mailbox().add(connection::becomeReady);
        return connection;
    }

    /** The hub is shutting down: messages are answered with 1402 instead of being handled. */
    public void close() {
        isClosed = true;
    }

    /** A handler's stage has not completed, unless it has meanwhile. */
    void observeUnfinished(ClientSession client, String event, CompletableFuture<?> over) {
        if (client.context().isObserved() && !over.isDone()) {
            client.context().observer().handlerUnfinished(client.id(), event, over.minimalCompletionStage());
        }
    }

    /** What failures look like to clients, for callbacks too. */
    public Failures failures() {
        return failures;
    }

    /** A message that passed the limits; {@code isReady} says whether {@code onConnect} is over. */
    void dispatch(ClientSession client, Envelope.FromClient message, int bytes, boolean isReady) {
        RouteDefinition route = routes.route(message.event());
        client.context().observer().received(client.id(), message.event(), route != null);
        if (repetitions.isRepeated(client, message)) {
            return;
        }
        EventRun run = new EventRun(this, client, message, route, bytes);
        if (route != null && mayRunOutOfBand(route.dispatch(), isReady)) {
            run.run();
        } else if (isClosed) {
            refuse(client, message, ErrorCode.SHUTTING_DOWN);
        } else if (!tryRunHere(client, route, run) && !client.mailbox().offer(run) && client.isConnected()) {
            refuse(client, message, ErrorCode.BUSY);
        }
    }

    private void refuse(ClientSession client, Envelope.FromClient message, ErrorCode code) {
        repetitions.refused(client, message);
        failures.answer(client, message.event(), message.id().orElse(null), code, null);
    }

    private static boolean mayRunOutOfBand(Dispatch dispatch, boolean isReady) {
        return dispatch == Dispatch.ALWAYS || (isReady && dispatch == Dispatch.OUT_OF_BAND);
    }

    private boolean tryRunHere(ClientSession client, @Nullable RouteDefinition route, EventRun run) {
        return route != null
                && route.dispatch() == Dispatch.NON_BLOCKING
                && client.mailbox().tryRun(run);
    }

    /** The payload as a value, judged by the hub's validator; null only for an event without a payload. */
    @Nullable
    Object bind(Payload payload, Type type) {
        if (type == Void.class) {
            return null;
        }
        Object value = codec.bind(payload, type);
        if (value == null) {
            throw new InvalidPayloadException("", "a payload of " + type.getTypeName() + " is required", null);
        }
        validator.flatMap(judge -> judge.findInvalid(value)).ifPresent(path -> {
            throw new InvalidPayloadException(path, "refused by the validator", null);
        });
        return value;
    }

    /** Sends a handler's result. */
    void answer(ClientSession client, Envelope.FromClient message, @Nullable Object result) {
        String id = message.id().orElse(null);
        Outgoing answer;
        try {
            answer = client.context().messages().answer(message.event(), result, id);
        } catch (RuntimeException | Error unwritable) { // of the data, which is user code
            fail(client, message, unwritable);
            return;
        }
        send(client, message, answer);
    }

    /** Tells the client that its message failed. */
    void fail(ClientSession client, Envelope.FromClient message, Throwable failure) {
        send(
                client,
                message,
                failures.error(client, message.event(), message.id().orElse(null), failure));
    }

    private void send(ClientSession client, Envelope.FromClient message, Outgoing answer) {
        repetitions.answered(client, message, answer);
        client.offer(answer, true);
    }

    MessageCodec codec() {
        return codec;
    }

    HubRuntime runtime() {
        return runtime;
    }

    RouteTable routes() {
        return routes;
    }

    List<Middleware> middleware() {
        return middleware;
    }

    InboundLimits limits() {
        return limits;
    }

    Rate eventRate() {
        return eventRate;
    }

    Rate byteRate() {
        return byteRate;
    }

    Rate refusalRate() {
        return refusalRate;
    }

    long handlerTimeNanos() {
        return handlerTimeNanos;
    }
}
