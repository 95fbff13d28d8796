// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

/**
 * What a client says to go on with a session. Immutable.
 *
 * @param session its secret
 * @param number up to which the client has everything
 */
record Claim(String session, long number) {}
