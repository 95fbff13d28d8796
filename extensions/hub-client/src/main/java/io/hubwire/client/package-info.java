// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A client for hubs in the profile {@code hubwire.v1}: it reconnects, resumes its session without a hole or says that there is one, asks
 * and answers.
 *
 * <pre>{@code
 * HubClient client = HubClient.builder(URI.create("wss://app.example/ws"))
 *         .token(() -> login.freshToken())
 *         .listen(it -> it.on(PRICE, board::show))
 *         .connect();
 * client.join("lot-7");
 * client.request(BID, new Bid("7", 120)).whenComplete(board::placed);
 * }</pre>
 *
 * <p>{@link io.hubwire.client.HubClient} is the door; the promises are written there.
 */
@NullMarked
package io.hubwire.client;

import org.jspecify.annotations.NullMarked;
