// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import io.hubwire.User;
import java.util.Optional;

/**
 * A new session: nothing of an earlier one is left, and what the client knows may be out of date. Immutable.
 *
 * @param reason why it is not the earlier one: {@code none} (it is the first), {@code unknown}, {@code expired}, {@code gap},
 *     {@code identity}, {@code evicted}, {@code other-node}, {@code disabled}, or one that a later hub knows
 * @param client the public id of this client
 * @param user who the hub takes this client for
 */
public record SessionStart(String reason, String client, Optional<User> user) {}
