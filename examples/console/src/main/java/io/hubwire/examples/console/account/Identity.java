// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import java.time.Instant;

/**
 * What a valid token says. Immutable.
 *
 * @param account whose it is, as the account is now
 * @param expiresAt when the token ends
 */
public record Identity(Account account, Instant expiresAt) {}
