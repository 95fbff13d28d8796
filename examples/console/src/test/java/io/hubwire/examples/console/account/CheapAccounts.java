// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

/** The accounts of the demonstration, whose passwords take no time to check. */
public final class CheapAccounts {
    private CheapAccounts() {}

    /** New ones, with the usual password. */
    public static Accounts demo() {
        return Accounts.demo(1);
    }
}
