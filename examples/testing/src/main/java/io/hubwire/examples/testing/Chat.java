// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.InboundLimits;
import io.hubwire.JoinPolicy;
import io.hubwire.OutboxPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Handshake;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

// region chat
/** Rooms that users talk in. */
public final class Chat implements HubModule {
    record Say(String room, String text) {}

    record Said(String from, String text) {}

    record Joined(String who) {}

    static final EventType<Say> SAY = EventType.of("chat/say", Say.class);
    static final EventType<Said> SAID = EventType.of("chat/said", Said.class);
    static final EventType<Joined> JOINED = EventType.of("presence/joined", Joined.class);
    static final ErrorCode BLANK = ErrorCode.of(10_001, "text must not be blank");

    private final Map<String, String> usersByToken;

    /** A chat for the users who have these tokens, and for those whom the container knows. */
    public Chat(Map<String, String> usersByToken) {
        this.usersByToken = Map.copyOf(usersByToken);
    }

    @Override
    public void install(HubBuilder hub) {
        hub.authenticator(this::admit)
                .limits(InboundLimits.defaults().messageBytes(1024))
                .outbox(OutboxPolicy.atMost(16, 64 << 10))
                .install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .onJoined("room-*", (client, room) -> client.others(room).send(JOINED, new Joined(nameOf(client))))
                .on(SAY, Chat::say);
    }

    private Admission admit(Handshake handshake) {
        Optional<String> user = handshake.token().isPresent()
                ? handshake.token().map(usersByToken::get)
                : handshake.principal().map(Principal::getName);
        return user.map(Admission::asUser).orElseGet(() -> Admission.refuse(401));
    }

    private static void say(Client client, Say say) {
        if (say.text().isBlank()) {
            throw BLANK.exception();
        }
        client.group(say.room()).send(SAID, new Said(nameOf(client), say.text()));
    }

    private static String nameOf(Client client) {
        return client.requireUser().id();
    }
}
// endregion
