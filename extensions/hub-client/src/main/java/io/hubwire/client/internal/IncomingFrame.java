// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.util.List;

/**
 * One text message of the hub.
 *
 * @param first the number of its first counted envelope; 0 if nothing in it is counted
 */
record IncomingFrame(long first, List<Incoming> envelopes) {}
