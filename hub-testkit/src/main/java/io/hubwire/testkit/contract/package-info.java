// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What every transport must do for a hub, as rules with stable ids, and a WebSocket peer that can misbehave to try them.
 *
 * <p>{@link io.hubwire.testkit.contract.RawPeer} is a peer (RFC 6455) on a plain socket: it can stop reading, reset,
 * half-close, send broken frames, leave pings and closes unanswered. It knows nothing of the code under test.
 */
@NullMarked
package io.hubwire.testkit.contract;

import org.jspecify.annotations.NullMarked;
