// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A WebSocket peer (RFC 6455) on a plain socket that can misbehave: stop reading, reset, half-close, send broken
 * frames, leave pings and closes unanswered. It knows nothing of the code under test.
 */
@NullMarked
package io.hubwire.jakarta.rawpeer;

import org.jspecify.annotations.NullMarked;
