// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import java.util.Set;

/**
 * Somebody who may sign in. Immutable.
 *
 * @param id tells accounts apart, everywhere
 * @param username what is typed to sign in
 * @param roles what the account may do; {@value #ADMIN} is the only role known
 * @param password what is asked for
 */
public record Account(long id, String username, Set<String> roles, PasswordHash password) {
    /** The role of those who may look at the machine, see who is online and kick. */
    public static final String ADMIN = "admin";

    /** Copies the roles. */
    public Account {
        roles = Set.copyOf(roles);
    }

    /** Whether it has the role {@value #ADMIN}. */
    public boolean isAdmin() {
        return roles.contains(ADMIN);
    }

    /** The id as a hub knows it. */
    public String userId() {
        return Long.toString(id);
    }
}
