// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.Names;
import java.lang.reflect.Type;
import java.util.Objects;

/**
 * The name of a request with the types of its payload and its answer. Immutable, thread-safe, equal by all three.
 *
 * @param name on the wire
 * @param payloadType {@code Void.class} if there is none
 * @param answerType {@code Void.class} if the answer has no data
 * @param <Q> the payload's type
 * @param <A> the answer's type
 */
@SuppressWarnings("UnusedTypeParameter") // they type the handlers
public record RequestType<Q, A>(String name, Type payloadType, Type answerType) {
    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if the name is not valid, or reserved
     */
    public RequestType {
        Names.requireEvent(name);
        Objects.requireNonNull(payloadType, "payloadType");
        Objects.requireNonNull(answerType, "answerType");
    }

    /** A request with a payload. */
    public static <Q, A> RequestType<Q, A> of(String name, Class<Q> payload, Class<A> answer) {
        return new RequestType<>(name, payload, answer);
    }

    /** A request with a payload and an answer of generic types. */
    public static <Q, A> RequestType<Q, A> of(String name, TypeToken<Q> payload, TypeToken<A> answer) {
        return new RequestType<>(name, payload.type(), answer.type());
    }

    /** A request with a payload, and an answer of a generic type. */
    public static <Q, A> RequestType<Q, A> of(String name, Class<Q> payload, TypeToken<A> answer) {
        return new RequestType<>(name, payload, answer.type());
    }

    /** A request without a payload. */
    public static <A> RequestType<Void, A> withoutPayload(String name, Class<A> answer) {
        return new RequestType<>(name, Void.class, answer);
    }

    @Override
    public String toString() {
        return name;
    }
}
