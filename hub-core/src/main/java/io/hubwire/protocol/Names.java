// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

/**
 * The rule for names that travel: events and groups have 1–128 characters of {@code [A-Za-z0-9._/:-]}.
 *
 * <p>Thread-safe.
 */
public final class Names {
    /** The longest name of an event or a group, in characters. */
    public static final int MAX_LENGTH = 128;

    /** Names of events that begin with this prefix belong to the protocol. */
    public static final String RESERVED_PREFIX = "hub/";

    private Names() {}

    /** Whether {@code name} may name an event or a group. */
    public static boolean isValid(String name) {
        int length = name.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isNameCharacter(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code name} is kept for the protocol's own events. */
    public static boolean isReserved(String name) {
        return name.startsWith(RESERVED_PREFIX);
    }

    /**
     * The name of an event that an application may register or send.
     *
     * @throws IllegalArgumentException if it is not a valid name, or reserved
     */
    public static String requireEvent(String name) {
        requireValid("event", name);
        if (isReserved(name)) {
            throw new IllegalArgumentException("event name '" + name + "' is reserved: names that begin with '"
                    + RESERVED_PREFIX + "' belong to the protocol");
        }
        return name;
    }

    /**
     * The name of a group.
     *
     * @throws IllegalArgumentException if it is not a valid name
     */
    public static String requireGroup(String name) {
        return requireValid("group", name);
    }

    private static String requireValid(String what, String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(
                    what + " name '" + name + "' is not 1-" + MAX_LENGTH + " characters of [A-Za-z0-9._/:-]");
        }
        return name;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '-' && c <= ':') // - . / 0-9 :
                || c == '_';
    }
}
