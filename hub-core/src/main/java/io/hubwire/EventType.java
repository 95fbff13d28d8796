// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.Names;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The name of an event with its payload's type and its way of delivery. Immutable, thread-safe, equal by name, type and
 * delivery.
 *
 * @param <T> the payload's type; {@code Void} for an event without a payload
 */
public final class EventType<T> {
    /** How a message of this type is delivered. */
    public enum Delivery {
        /** It waits its turn in a client's outbox. */
        COUNTED,
        /** It is dropped for a client for whom anything waits. */
        EPHEMERAL
    }

    private final String name;
    private final Type payloadType;
    private final Delivery delivery;

    private EventType(String name, Type payloadType, Delivery delivery) {
        this.name = Names.requireEvent(name);
        this.payloadType = Objects.requireNonNull(payloadType, "payloadType");
        this.delivery = delivery;
    }

    /**
     * An event without a payload.
     *
     * @throws IllegalArgumentException if the name is not valid, or reserved
     */
    public static EventType<Void> of(String name) {
        return new EventType<>(name, Void.class, Delivery.COUNTED);
    }

    /**
     * An event with a payload.
     *
     * @throws IllegalArgumentException if the name is not valid, or reserved
     */
    public static <T> EventType<T> of(String name, Class<T> payload) {
        return new EventType<>(name, payload, Delivery.COUNTED);
    }

    /**
     * An event with a payload of a generic type.
     *
     * @throws IllegalArgumentException if the name is not valid, or reserved
     */
    public static <T> EventType<T> of(String name, TypeToken<T> payload) {
        return new EventType<>(name, payload.type(), Delivery.COUNTED);
    }

    /** The same event, dropped for a client for whom anything waits: cursors, typing, anything that the next one replaces. */
    public EventType<T> ephemeral() {
        return new EventType<>(name, payloadType, Delivery.EPHEMERAL);
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

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventType<?> type
                && type.name.equals(name)
                && type.payloadType.equals(payloadType)
                && type.delivery == delivery;
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
