// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.clients;

import io.hubwire.client.HubClient;
import io.hubwire.examples.clients.Chat.Say;
import java.io.IOException;
import java.net.URI;

// region program
/** Says hello in a room, and shows what is said there until Enter is pressed. */
public final class HelloChat {
    public static void main(String[] arguments) throws IOException {
        HubClient client = HubClient.builder(URI.create(System.getProperty("hub", "ws://127.0.0.1:8080/ws")))
                .listen(it -> it.on(Chat.SAID, said -> System.out.println(said.from() + ": " + said.text())))
                .listen(it -> it.onState(change -> System.out.println(change.state())))
                .connect(); // returns at once, and stays connected until it is closed

        client.join("room-1"); // now, and again in each new session
        client.send(Chat.SAY, new Say("room-1", "hello"));

        System.in.read();
        client.close();
    }
}
// endregion
