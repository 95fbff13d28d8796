// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.Names;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The name of an event with its payload's type and its way of delivery. Immutable, thread-safe, equal by name, type, delivery and key
 * function; of the latter every lambda expression makes one of its own, so a type with a key is best kept in a constant.
 *
 * @param <T> the payload's type; {@code Void} for an event without a payload
 */
public final class EventType<T> {
    /** How a message of this type is delivered. */
    public enum Delivery {
        /** It waits its turn in a client's outbox. */
        COUNTED,
        /** It is dropped for a client for whom anything waits. */
        EPHEMERAL,
        /** It replaces an older one with the same key that waits. See {@link #latestBy}. */
        LATEST
    }

    private final String name;
    private final Type payloadType;
    private final Delivery delivery;

    /** Null unless only the latest counts. */
    private final @Nullable Function<? super T, ?> key;

    private EventType(String name, Type payloadType, Delivery delivery, @Nullable Function<? super T, ?> key) {
        this.name = Names.requireEvent(name);
        this.payloadType = Objects.requireNonNull(payloadType, "payloadType");
        this.delivery = delivery;
        this.key = key;
    }

    /**
     * An event without a payload.
     *
     * @throws IllegalArgumentException if the name is not valid, or reserved
     */
    public static EventType<Void> of(String name) {
        return new EventType<>(name, Void.class, Delivery.COUNTED, null);
    }

    /**
     * An event with a payload.
     *
     * @throws IllegalArgumentException if the name is not valid, or reserved
     */
    public static <T> EventType<T> of(String name, Class<T> payload) {
        return new EventType<>(name, payload, Delivery.COUNTED, null);
    }

    /**
     * An event with a payload of a generic type.
     *
     * @throws IllegalArgumentException if the name is not valid, or reserved
     */
    public static <T> EventType<T> of(String name, TypeToken<T> payload) {
        return new EventType<>(name, payload.type(), Delivery.COUNTED, null);
    }

    /**
     * The same event, dropped for a client for whom anything waits: cursors, typing, anything that the next one replaces.
     *
     * @throws IllegalStateException if it is delivered by {@link #latestBy}
     */
    public EventType<T> ephemeral() {
        if (delivery == Delivery.LATEST) {
            throw contradiction();
        }
        return new EventType<>(name, payloadType, Delivery.EPHEMERAL, null);
    }

    /**
     * The same event, of which only the latest with the same key counts: prices, positions, any state that is sent whole. A message that
     * waits for a client is dropped when a newer one with its key is sent, and that waits at its own place, so that nothing sent after it
     * comes before it.
     *
     * <p>A client of the {@code hubwire.v1} profile that resumes is sent the latest of each key again, unless it has acknowledged
     * something later; the message has no number, and one that was dropped for a newer one leaves no gap.
     *
     * @param keyOf a payload's key, with {@code equals} and {@code hashCode}; user code, called once for each send on the sender's
     *     thread. What it throws reaches the sender, as a {@link NullPointerException} does if it returns null, and nothing is sent
     * @throws IllegalStateException if it is {@link #ephemeral}
     */
    public EventType<T> latestBy(Function<? super T, ?> keyOf) {
        Objects.requireNonNull(keyOf, "key");
        if (delivery == Delivery.EPHEMERAL) {
            throw contradiction();
        }
        return new EventType<>(name, payloadType, Delivery.LATEST, keyOf);
    }

    private IllegalStateException contradiction() {
        return new IllegalStateException(
                "event '" + name + "' cannot be both ephemeral, which nobody is sent later, and latestBy a key,"
                        + " of which the latest waits: decide for one");
    }

    /** The name on the wire. */
    public String name() {
        return name;
    }

    /** The payload's type; {@code Void.class} if there is none. */
    public Type payloadType() {
        return payloadType;
    }

    /** How it is delivered. */
    public Delivery delivery() {
        return delivery;
    }

    /**
     * The key of a payload; empty unless it is delivered by {@link #latestBy}.
     *
     * @throws NullPointerException if the key is null
     */
    public Optional<Object> keyOf(T payload) {
        return key == null
                ? Optional.empty()
                : Optional.of(
                        Objects.requireNonNull(key.apply(payload), () -> "the key of event '" + name + "' is null"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventType<?> type
                && type.name.equals(name)
                && type.payloadType.equals(payloadType)
                && type.delivery == delivery
                && Objects.equals(type.key, key);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
