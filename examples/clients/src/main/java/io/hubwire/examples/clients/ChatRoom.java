// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.clients;

import io.hubwire.client.HubClient;
import io.hubwire.client.RequestFailedException;
import io.hubwire.client.SendOutcome;
import io.hubwire.client.TokenCause;
import io.hubwire.examples.clients.Chat.Said;
import io.hubwire.examples.clients.Chat.Say;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

// region room
/** One room on a screen: whatever the network does, the screen shows what was said, or is filled anew. */
public final class ChatRoom implements AutoCloseable {
    private final String room;
    private final Screen screen;
    private final HubClient client;

    public ChatRoom(URI hub, Function<TokenCause, CompletionStage<String>> login, String room, Screen screen) {
        this.room = room;
        this.screen = screen;
        this.client =
                HubClient.builder(hub).tokenFor(login).listen(this::listen).connect();
    }

    private void listen(HubClient it) {
        it.join(room);
        it.on(Chat.SAID, screen::add);
        it.answer(Chat.INVITE, other -> screen.confirm("Come to " + other + "?"));
        it.onSession(start -> fill(it)); // a new session: nothing is known of what was said meanwhile
        it.onGap(gap -> fill(it)); // the hub dropped messages, and says so
        it.onLeft(left -> screen.status("no longer in " + left.group()));
        it.onState(change -> screen.status(change.state().name()));
    }

    private void fill(HubClient it) {
        it.request(Chat.RECENT, room).whenComplete(this::show);
    }
    // endregion

    // region outcome
    private void show(@Nullable List<Said> lines, @Nullable Throwable failure) {
        if (lines != null) {
            screen.replace(lines);
        } else if (failure instanceof RequestFailedException failed) {
            screen.status(
                    switch (failed.reason()) {
                        case REFUSED -> "the hub says " + failed.code();
                        case NOT_SENT -> "it did not run";
                        case TIMEOUT, OUTCOME_UNKNOWN -> "it may have run, or not";
                        case BAD_ANSWER -> "it ran, and its answer cannot be read";
                    });
        }
    }
    // endregion

    // region send
    /** At most once: what is on its way when the connection breaks may be lost. */
    public void say(String text) {
        if (client.send(Chat.SAY, new Say(room, text)) != SendOutcome.ACCEPTED) {
            screen.status("too much waits for the connection");
        }
    }
    // endregion

    @Override
    public void close() {
        client.close();
    }
}
