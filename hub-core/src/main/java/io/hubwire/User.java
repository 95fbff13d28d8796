// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.Objects;
import java.util.Set;

/**
 * Who a client is; several clients may be the same user. Immutable.
 *
 * @param id 1–128 characters, tells users apart
 * @param name for people to read; the id if none was given
 * @param roles what {@link Client#hasRole} asks for
 */
public record User(String id, String name, Set<String> roles) {
    /** The longest id, in characters. */
    public static final int MAX_ID_LENGTH = 128;

    /**
     * Checks the id and copies the roles.
     *
     * @throws IllegalArgumentException if the id is blank or too long
     */
    public User {
        Objects.requireNonNull(name, "name");
        roles = Set.copyOf(roles);
        if (id.isBlank() || id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("user id '" + id + "' is not 1-" + MAX_ID_LENGTH + " characters");
        }
    }

    /** Whether the user has this role. */
    public boolean hasRole(String role) {
        return roles.contains(role);
    }
}
