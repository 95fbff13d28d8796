// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Holds a generic type that a {@code Class} cannot: {@code new TypeToken<List<Bid>>() {}}.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the type held
 */
public abstract class TypeToken<T> {
    private final Type type;

    /**
     * To be called by an anonymous subclass.
     *
     * @throws IllegalStateException if the subclass does not say what {@code T} is
     */
    protected TypeToken() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalStateException("a type token needs its type: new TypeToken<List<Bid>>() {}");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    /** The type held. */
    public final Type type() {
        return type;
    }
}
