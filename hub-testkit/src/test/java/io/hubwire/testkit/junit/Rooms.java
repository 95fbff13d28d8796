// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;

/** The application of these tests. */
final class Rooms implements HubModule {
    static final RequestType<String, String> GREET = RequestType.of("greet", String.class, String.class);
    static final EventType<String> SAY = EventType.of("say", String.class);
    static final EventType<String> SAID = EventType.of("said", String.class);
    static final EventType<Void> BOOM = EventType.of("boom");
    static final EventType<Void> REFUSE = EventType.of("refuse");
    static final EventType<Void> LEAVE = EventType.of("leave");
    static final EventType<Void> MODERATE = EventType.of("moderate");

    @Override
    public void install(HubBuilder hub) {
        hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow("room")))
                .onRequest(GREET, (client, name) -> "hello " + name)
                .on(SAY, (client, text) -> client.group("room").send(SAID, text))
                .on(BOOM, (client, nothing) -> {
                    throw new IllegalStateException("database is down");
                })
                .on(REFUSE, (client, nothing) -> {
                    throw ErrorCode.FORBIDDEN.exception();
                })
                .on(LEAVE, (client, nothing) -> client.kick(CloseReason.KICKED))
                .on(MODERATE, (client, nothing) -> {}, route -> route.allow(Client.hasRole("moderator")));
    }
}
