// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console;

import io.hubwire.examples.console.account.TokenKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * What the console reads from system properties. Immutable.
 *
 * @param port {@code port}: where it listens, 0 for any that is free; default 8080
 * @param tokenKey {@code tokenKey}: signs tokens, so that they outlive a restart; default a new one
 * @param tokenLifetime {@code tokenMinutes}: how long somebody stays signed in; default 12 hours
 */
record ConsoleSettings(int port, TokenKey tokenKey, Duration tokenLifetime) {
    private static final int DEFAULT_PORT = 8080;
    private static final int DEFAULT_MINUTES = 12 * 60;
    private static final int MAX_MINUTES = 30 * 24 * 60;

    /**
     * Reads the properties.
     *
     * @throws IllegalArgumentException if one is not valid
     */
    static ConsoleSettings of(Properties properties) {
        TokenKey key = Optional.ofNullable(properties.getProperty("tokenKey"))
                .map(TokenKey::of)
                .orElseGet(TokenKey::random);
        return new ConsoleSettings(
                number(properties, "port", DEFAULT_PORT, 0, 65_535),
                key,
                Duration.ofMinutes(number(properties, "tokenMinutes", DEFAULT_MINUTES, 1, MAX_MINUTES)));
    }

    private static int number(Properties properties, String name, int standard, int min, int max) {
        String text = properties.getProperty(name, Integer.toString(standard)).strip();
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException(name + " is '" + text + "', allowed is " + min + " to " + max);
    }
}
