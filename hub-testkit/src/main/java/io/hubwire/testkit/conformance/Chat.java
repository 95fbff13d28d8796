// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.Route;
import io.hubwire.StandardEvents;
import io.hubwire.User;
import io.hubwire.protocol.ErrorCode;
import java.util.Map;

/** The small application that the scenarios run; its rooms are open to everybody. */
final class Chat implements HubModule {
    /** What a client says, and how loudly. */
    record Say(String text, int loudness) {
        static Say softly(String text) {
            return new Say(text, 1);
        }
    }

    /** What others hear. */
    record Said(String by, String text) {}

    /** Something said in a room. */
    record Talk(String room, String text) {}

    static final EventType<Say> SAY = EventType.of("chat/say", Say.class);
    static final EventType<Talk> TALK = EventType.of("chat/talk", Talk.class);
    static final EventType<Said> SAID = EventType.of("chat/said", Said.class);
    static final EventType<Integer> NUMBER = EventType.of("chat/number", Integer.class);
    static final EventType<Void> QUIET = EventType.of("chat/quiet");
    static final RequestType<Say, Said> ECHO = RequestType.of("chat/echo", Say.class, Said.class);
    static final ErrorCode TOO_LOUD = ErrorCode.of(10_001, "too loud");
    static final int LOUDEST = 10;

    @Override
    public void install(HubBuilder hub) {
        hub.install(StandardEvents.ping(), StandardEvents.kick())
                .install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-{id}")))
                .emits(SAID, NUMBER)
                .on(SAY, (client, say) -> client.hub().all().send(SAID, new Said(nameOf(client), say.text())))
                .on(TALK, (client, talk) -> client.group(talk.room()).send(SAID, new Said(nameOf(client), talk.text())))
                .on(QUIET, (client, nothing) -> {})
                .onRequest(ECHO, Chat::echo, Chat::withText)
                .on("chat/moderate", client -> {}, route -> route.allow(Client.hasRole("moderator")));
    }

    private static Said echo(Client client, Say say) {
        if (say.loudness() > LOUDEST) {
            throw TOO_LOUD.exception(Map.of("most", LOUDEST));
        }
        return new Said(nameOf(client), say.text());
    }

    private static void withText(Route<Say> route) {
        route.validate("text", say -> !say.text().isEmpty());
    }

    static String nameOf(Client client) {
        return client.user().map(User::id).orElse("somebody");
    }
}
