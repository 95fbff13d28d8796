// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.Names;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One registered event: its name, its handler and its options, whichever way it was registered. Immutable. */
public final class RouteDefinition {
    /** A handler in its most general form. */
    @FunctionalInterface
    public interface Invoker {
        /**
         * Handles one message with its bound payload; the result is data, none if null, or a {@code CompletionStage} of an
         * asynchronous route.
         */
        @Nullable
        Object invoke(Invocation message, @Nullable Object payload) throws Exception;
    }

    /** A rule for a payload, with the path of the field that it is about. */
    public record PayloadRule(String path, Predicate<Object> rule) {}

    /** On which thread the handler runs, and in which order. */
    public enum Dispatch {
        /** In the client's order, on the hub's executor. */
        QUEUED,
        /** In the client's order, on the delivering thread when nothing waits. */
        NON_BLOCKING,
        /** At once, on the delivering thread, but not before {@code onConnect} is over. */
        OUT_OF_BAND,
        /** At once, on the delivering thread, whatever the client's state: for what the hub answers itself. */
        ALWAYS;

        /** Whether it is handled outside the client's order, where middleware does not see it. */
        public boolean isOutOfBand() {
            return this == OUT_OF_BAND || this == ALWAYS;
        }
    }

    private final String name;
    private final Type payloadType;
    private final boolean isRequest;
    private final boolean isAsync;
    private final Invoker invoker;
    private final List<Predicate<? super Client>> permissions;
    private final List<PayloadRule> payloadRules;
    private final Optional<Duration> timeout;
    private final Dispatch dispatch;

    private RouteDefinition(
            String name, Type payloadType, boolean isRequest, boolean isAsync, Invoker invoker, Options<?> options) {
        this.name = Names.requireEvent(name);
        this.payloadType = Objects.requireNonNull(payloadType, "payloadType");
        this.isRequest = isRequest;
        this.isAsync = isAsync;
        this.invoker = Objects.requireNonNull(invoker, "invoker");
        this.permissions = List.copyOf(options.permissions);
        this.payloadRules = List.copyOf(options.payloadRules);
        this.timeout = Optional.ofNullable(options.timeout);
        this.dispatch = options.dispatch;
        if (options.timeout != null && !isAsync && dispatch != Dispatch.QUEUED) {
            throw new IllegalArgumentException(
                    this + ": timeout(…) cannot limit a synchronous handler that is nonBlocking()"
                            + " or outOfBand(), since it runs on a thread that must not be interrupted");
        }
    }

    /** A request without a payload that is answered even before {@code onConnect} is over. */
    static RouteDefinition always(String name, Invoker invoker) {
        Options<Void> options = new Options<>();
        options.dispatch = Dispatch.ALWAYS;
        return new RouteDefinition(name, Void.class, true, false, invoker, options);
    }

    static <T> RouteDefinition event(
            String name, Type payloadType, boolean isAsync, Invoker invoker, Consumer<? super Route<T>> options) {
        return new RouteDefinition(name, payloadType, false, isAsync, invoker, Options.<T>from(options));
    }

    static <T> RouteDefinition request(
            String name, Type payloadType, boolean isAsync, Invoker invoker, Consumer<? super Route<T>> options) {
        return new RouteDefinition(name, payloadType, true, isAsync, invoker, Options.<T>from(options));
    }

    /** The event's name. */
    public String name() {
        return name;
    }

    /** The payload's type; {@code Void.class} if there is none. */
    public Type payloadType() {
        return payloadType;
    }

    /** Whether it is always answered; an event is answered only when the message has an id. */
    public boolean isRequest() {
        return isRequest;
    }

    /** Whether the invoker returns a stage. */
    public boolean isAsync() {
        return isAsync;
    }

    /** The handler. */
    public Invoker invoker() {
        return invoker;
    }

    /** Who may send it: all must agree. */
    public List<Predicate<? super Client>> permissions() {
        return permissions;
    }

    /** What a payload must be: all must agree. */
    public List<PayloadRule> payloadRules() {
        return payloadRules;
    }

    /** How long the handler may take, if not as long as the hub's limit says. */
    public Optional<Duration> timeout() {
        return timeout;
    }

    /** On which thread the handler runs. */
    public Dispatch dispatch() {
        return dispatch;
    }

    @Override
    public String toString() {
        return (isRequest ? "request " : "event ") + name;
    }

    private static final class Options<T> implements Route<T> {
        private final List<Predicate<? super Client>> permissions = new ArrayList<>();
        private final List<PayloadRule> payloadRules = new ArrayList<>();
        private @Nullable Duration timeout;
        private Dispatch dispatch = Dispatch.QUEUED;

        static <T> Options<T> from(Consumer<? super Route<T>> settings) {
            Options<T> options = new Options<>();
            settings.accept(options);
            return options;
        }

        @Override
        public Route<T> allow(Predicate<? super Client> rule) {
            permissions.add(Objects.requireNonNull(rule, "rule"));
            return this;
        }

        @Override
        @SuppressWarnings("unchecked") // the payload was bound to T before a rule sees it
        public Route<T> validate(String path, Predicate<? super T> rule) {
            payloadRules.add(new PayloadRule(path, (Predicate<Object>) rule));
            return this;
        }

        @Override
        public Route<T> timeout(Duration timeout) {
            this.timeout = Settings.positive("route.timeout", timeout);
            return this;
        }

        @Override
        public Route<T> nonBlocking() {
            dispatch = Dispatch.NON_BLOCKING;
            return this;
        }

        @Override
        public Route<T> outOfBand() {
            dispatch = Dispatch.OUT_OF_BAND;
            return this;
        }
    }
}
