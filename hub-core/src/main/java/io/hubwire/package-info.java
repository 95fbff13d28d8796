// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an application imports: build a {@link io.hubwire.Hub}, register typed events, reach clients.
 *
 * <pre>{@code
 * record Say(String text) {}
 *
 * EventType<Say> said = EventType.of("chat/said", Say.class);
 * Hub hub = Hub.builder()
 *         .install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
 *         .on("chat/say", Say.class, (client, say) -> client.group("room-1").send(said, say))
 *         .build();
 * }</pre>
 */
@NullMarked
package io.hubwire;

import org.jspecify.annotations.NullMarked;
