// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A network that fails when a test wants it to, for clients and servers of the test's own, over real sockets.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.to(server.port()).cutEach(CutPlan.atRandom(7, 2_000, 50_000))) {
 *     client.connect(proxy.instead(server.uri("/ws")));
 *     …
 *     proxy.cut();
 * }
 * }</pre>
 *
 * <p>{@link io.hubwire.testkit.network.DeliveryHistory} says whether what came through is all that was sent, once and in order.
 */
@NullMarked
package io.hubwire.testkit.network;

import org.jspecify.annotations.NullMarked;
