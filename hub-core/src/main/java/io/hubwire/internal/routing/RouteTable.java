// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.CatchAllHandler;
import io.hubwire.EventRegistry;
import io.hubwire.EventType;
import io.hubwire.RouteDefinition;
import io.hubwire.protocol.Names;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The routes by name. Registration takes a lock and ends when the hub starts; looking up takes none. Thread-safe. */
public final class RouteTable implements EventRegistry {
    @GuardedBy("this")
    private final Map<String, RouteDefinition> inOrder = new LinkedHashMap<>();

    @GuardedBy("this")
    private final Map<String, EventType<?>> emittedInOrder = new LinkedHashMap<>();

    private final Map<String, RouteDefinition> byName = new ConcurrentHashMap<>();
    private final Map<String, EventType<?>> emittedByName = new ConcurrentHashMap<>();
    private volatile @Nullable CatchAllHandler catchAll;

    @GuardedBy("this")
    private boolean isClosed;

    @Override
    public synchronized EventRegistry add(RouteDefinition route) {
        requireOpen(route.toString());
        if (inOrder.putIfAbsent(route.name(), route) != null) {
            throw new IllegalStateException("event '" + route.name() + "' has a handler already");
        }
        byName.put(route.name(), route);
        return this;
    }

    @Override
    public synchronized EventRegistry onUnknown(CatchAllHandler handler) {
        requireOpen("the handler of unknown events");
        if (catchAll != null) {
            throw new IllegalStateException("there is a handler of unknown events already");
        }
        catchAll = handler;
        return this;
    }

    @Override
    public synchronized EventRegistry emits(EventType<?>... types) {
        for (EventType<?> type : types) {
            requireOpen("the declaration of '" + type + "'");
            EventType<?> declared = emittedInOrder.putIfAbsent(type.name(), type);
            if (declared != null && !declared.equals(type)) {
                throw new IllegalStateException("event '" + type + "' is declared already, with "
                        + declared.payloadType().getTypeName() + " as payload and " + declared.delivery()
                        + " delivery; a type with a key function is equal only to one with the very same");
            }
            emittedByName.putIfAbsent(type.name(), type);
        }
        return this;
    }

    @Override
    public synchronized List<RouteDefinition> routes() {
        return List.copyOf(inOrder.values());
    }

    @Override
    public Optional<RouteDefinition> find(String event) {
        return Optional.ofNullable(byName.get(event));
    }

    @Override
    public synchronized List<EventType<?>> emitted() {
        return List.copyOf(emittedInOrder.values());
    }

    /** Ends registration. */
    public synchronized void close() {
        isClosed = true;
    }

    @Nullable
    RouteDefinition route(String event) {
        return byName.get(event);
    }

    @Nullable
    CatchAllHandler catchAll() {
        return catchAll;
    }

    /**
     * The type that a send by name goes by.
     *
     * @throws IllegalArgumentException if the name is not valid, or declared with another class
     */
    public EventType<?> typeOf(String event, Object data) {
        EventType<?> declared = emittedByName.get(event);
        if (declared == null) {
            return EventType.of(Names.requireEvent(event));
        }
        Class<?> expected = rawClass(declared.payloadType());
        if (!expected.isInstance(data)) {
            throw new IllegalArgumentException("event '" + event + "' is declared with " + expected.getName()
                    + " as payload, not " + data.getClass().getName());
        }
        return declared;
    }

    private static Class<?> rawClass(Type type) {
        if (type instanceof Class<?> plain) {
            return MethodType.methodType(plain).wrap().returnType(); // data is never a primitive
        }
        return type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : Object.class;
    }

    @GuardedBy("this")
    private void requireOpen(String what) {
        if (isClosed) {
            throw new IllegalStateException("the hub has started: it is too late to register " + what);
        }
    }
}
