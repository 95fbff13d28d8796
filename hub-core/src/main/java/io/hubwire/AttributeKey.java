// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

/**
 * The typed name of a value that a client carries. Immutable, thread-safe, equal by name and type.
 *
 * @param name tells keys apart; not blank
 * @param type what values under it are instances of
 * @param <T> the type of the values
 */
public record AttributeKey<T>(String name, Class<T> type) {
    /**
     * Checks the name and the type.
     *
     * @throws IllegalArgumentException if the name is blank, or the type is primitive
     */
    public AttributeKey {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an attribute key needs a name");
        }
        if (type.isPrimitive()) {
            throw new IllegalArgumentException(
                    "attribute key '" + name + "' is for objects, not for " + type + ": use its wrapper class");
        }
    }

    /** A key for values of {@code type}. */
    public static <T> AttributeKey<T> of(String name, Class<T> type) {
        return new AttributeKey<>(name, type);
    }

    @Override
    public String toString() {
        return name;
    }
}
