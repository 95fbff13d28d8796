// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.RouteDefinition.Invoker;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ways to register events; a builder and a registry share them.
 *
 * <p>Every name is registered once: a second registration fails with {@link IllegalStateException}, whatever its payload. The last
 * parameter sets options, as in {@code route -> route.allow(Client.hasRole("bidder"))}.
 *
 * @param <S> what the calls return, for chaining
 */
public interface Routes<S> {
    /**
     * Registers a route; all the other calls end here.
     *
     * @throws IllegalStateException if the name is taken, or registration is over
     */
    S add(RouteDefinition route);

    /**
     * Handles every event that has no handler of its own; without it such an event is answered with 1300.
     *
     * @throws IllegalStateException if there is one already, or registration is over
     */
    S onUnknown(CatchAllHandler handler);

    /**
     * Declares what the hub sends: a send by name is refused when its data is not of the declared class.
     *
     * @throws IllegalStateException if a name is declared with another type, or registration is over
     */
    S emits(EventType<?>... types);

    /** Handles an event; it is answered only if the message has an id. */
    default <T> S on(EventType<T> type, EventHandler<? super T> handler) {
        return on(type, handler, route -> {});
    }

    /** Handles an event, with options. */
    default <T> S on(EventType<T> type, EventHandler<? super T> handler, Consumer<? super Route<T>> options) {
        return event(type, false, options, (message, payload) -> {
            handler.handle(message.client(), bound(payload));
            return null;
        });
    }

    /** Handles an event by its name. */
    default <T> S on(String event, Class<T> payload, EventHandler<? super T> handler) {
        return on(EventType.of(event, payload), handler);
    }

    /** Handles an event by its name, with options. */
    default <T> S on(
            String event, Class<T> payload, EventHandler<? super T> handler, Consumer<? super Route<T>> options) {
        return on(EventType.of(event, payload), handler, options);
    }

    /** Handles an event without a payload by its name; a payload is ignored. */
    default S on(String event, SignalHandler handler) {
        return on(event, handler, route -> {});
    }

    /** Handles an event without a payload by its name, with options. */
    default S on(String event, SignalHandler handler, Consumer<? super Route<Void>> options) {
        return on(EventType.of(event), (client, nothing) -> handler.handle(client), options);
    }

    /** Answers a request, always. */
    default <Q, A> S onRequest(RequestType<Q, A> type, RequestHandler<? super Q, ? extends @Nullable A> handler) {
        return onRequest(type, handler, route -> {});
    }

    /** Answers a request, always; with options. */
    default <Q, A> S onRequest(
            RequestType<Q, A> type,
            RequestHandler<? super Q, ? extends @Nullable A> handler,
            Consumer<? super Route<Q>> options) {
        return request(type, false, options, (message, payload) -> handler.handle(message.client(), bound(payload)));
    }

    /** Answers a request by its name, always. */
    default <Q> S onRequest(
            String event, Class<Q> payload, RequestHandler<? super Q, ? extends @Nullable Object> handler) {
        return onRequest(event, payload, handler, route -> {});
    }

    /** Answers a request by its name, always; with options. */
    default <Q> S onRequest(
            String event,
            Class<Q> payload,
            RequestHandler<? super Q, ? extends @Nullable Object> handler,
            Consumer<? super Route<Q>> options) {
        return onRequest(RequestType.of(event, payload, Object.class), handler, options);
    }

    /** Handles an event asynchronously. */
    default <T> S onAsync(EventType<T> type, AsyncEventHandler<? super T> handler) {
        return onAsync(type, handler, route -> {});
    }

    /** Handles an event asynchronously, with options. */
    default <T> S onAsync(EventType<T> type, AsyncEventHandler<? super T> handler, Consumer<? super Route<T>> options) {
        return event(
                type,
                true,
                options,
                (message, payload) -> withoutResult(handler.handle(message.client(), bound(payload))));
    }

    /** Answers a request asynchronously, always. */
    default <Q, A> S onRequestAsync(
            RequestType<Q, A> type, AsyncRequestHandler<? super Q, ? extends @Nullable A> handler) {
        return onRequestAsync(type, handler, route -> {});
    }

    /** Answers a request asynchronously, always; with options. */
    default <Q, A> S onRequestAsync(
            RequestType<Q, A> type,
            AsyncRequestHandler<? super Q, ? extends @Nullable A> handler,
            Consumer<? super Route<Q>> options) {
        return request(type, true, options, (message, payload) -> handler.handle(message.client(), bound(payload)));
    }

    private <T> S event(EventType<T> type, boolean isAsync, Consumer<? super Route<T>> options, Invoker invoker) {
        return add(RouteDefinition.<T>event(type.name(), type.payloadType(), isAsync, invoker, options));
    }

    private <Q> S request(
            RequestType<Q, ?> type, boolean isAsync, Consumer<? super Route<Q>> options, Invoker invoker) {
        return add(RouteDefinition.<Q>request(type.name(), type.payloadType(), isAsync, invoker, options));
    }

    /** What an event's stage completes with is nobody's business: the answer carries no data. */
    private static @Nullable CompletionStage<?> withoutResult(@Nullable CompletionStage<?> stage) {
        return stage == null ? null : stage.thenAccept(result -> {});
    }

    /** The engine binds a payload to the route's type before it calls; it is null only where that is {@code Void}. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T bound(@Nullable Object payload) {
        return (T) payload;
    }
}
