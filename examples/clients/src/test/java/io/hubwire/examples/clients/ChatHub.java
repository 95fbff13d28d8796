// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.clients;

import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.examples.clients.Chat.Said;
import io.hubwire.examples.clients.Chat.Say;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The hub's side. A user's name is the token. */
final class ChatHub implements HubModule {
    final List<Said> said = new CopyOnWriteArrayList<>();

    @Override
    public void install(HubBuilder hub) {
        hub.authenticator(handshake -> handshake.token().map(Admission::asUser).orElseGet(Admission::anonymous))
                .install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .on(Chat.SAY, this::say)
                .onRequest(Chat.RECENT, (client, room) -> List.copyOf(said));
    }

    private void say(Client client, Say say) {
        Said line = new Said(client.user().map(user -> user.id()).orElse("somebody"), say.text());
        said.add(line);
        client.group(say.room()).send(Chat.SAID, line);
    }
}
