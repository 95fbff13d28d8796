// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.Optional;

/**
 * A change of the connection's state. Immutable.
 *
 * @param state from now on
 * @param resumed whether it is open and the session goes on where it was: nothing is missing; otherwise false
 * @param reason why the connection ended; empty unless it did
 * @param retryIn how long it waits before it tries again; zero unless it waits
 */
public record StateChange(ConnectionState state, boolean resumed, Optional<CloseReason> reason, Duration retryIn) {}
