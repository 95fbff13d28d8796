// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The conformance kit for hubs: plays the client's side of the protocol's golden transcripts, the files in
 * {@code docs/protocol/transcripts}, against a hub over whatever carries its connections.
 *
 * <p>{@link io.hubwire.testkit.transcripts.HubUnderTest} is a hub as the kit sees it. One of Hubwire's own, in memory or behind
 * a transport, comes from {@link io.hubwire.testkit.transcripts.HubUnderTest#of}; another hub is reached by another implementation.
 */
@NullMarked
package io.hubwire.testkit.transcripts;

import org.jspecify.annotations.NullMarked;
