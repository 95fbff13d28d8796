// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an adapter, a codec, an observer or another runtime implements.
 *
 * <p>An adapter reports handshakes to a {@link io.hubwire.spi.ConnectionAcceptor}, wraps each open socket in a
 * {@link io.hubwire.spi.Connection}, and passes what arrives to the {@link io.hubwire.spi.ConnectionHandler} that it got
 * for it. A {@link io.hubwire.spi.MessageCodec} turns text into envelopes and back. A
 * {@link io.hubwire.spi.HubRuntime} is the hub's only source of threads, time and randomness.
 */
@NullMarked
package io.hubwire.spi;

import org.jspecify.annotations.NullMarked;
