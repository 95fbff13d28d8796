// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Slows down whoever guesses passwords: {@value #ACCOUNT_ATTEMPTS} wrong ones at once for an account, then one each half
 * minute, wherever they come from; {@value #ADDRESS_ATTEMPTS} at once from an address, then one each six seconds, whatever the
 * account. Unknown names are limited as accounts are, so that the limit does not tell who exists. Thread-safe, of bounded memory.
 *
 * <p>While somebody guesses at an account, its owner cannot sign in either; who has signed in stays so.
 */
public final class LoginLimits {
    /** How many wrong passwords in a row are looked at, for one account. */
    public static final int ACCOUNT_ATTEMPTS = 5;
    /** How many wrong passwords in a row are looked at, from one address. */
    public static final int ADDRESS_ATTEMPTS = 20;

    private static final Duration ACCOUNT_INTERVAL = Duration.ofSeconds(30);
    private static final Duration ADDRESS_INTERVAL = Duration.ofSeconds(6);

    private final AttemptLimit accounts;
    private final AttemptLimit addresses;

    /** Limits by this clock. */
    public LoginLimits(InstantSource clock) {
        this.accounts = new AttemptLimit(ACCOUNT_ATTEMPTS, ACCOUNT_INTERVAL, clock);
        this.addresses = new AttemptLimit(ADDRESS_ATTEMPTS, ADDRESS_INTERVAL, clock);
    }

    /**
     * To be asked before a password is looked at, so that guesses at the same time are counted as well.
     *
     * @return zero to go on, else how long to wait
     */
    public Duration attempt(String username, String address) {
        Duration wait = addresses.attempt(address);
        return wait.isZero() ? accounts.attempt(username) : wait;
    }

    /** To be told that the password was right: that attempt does not count. */
    public void succeeded(String username, String address) {
        accounts.forgive(username);
        addresses.forgive(address);
    }
}
