// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.client.TokenCause;
import io.hubwire.examples.clients.Chat.Said;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatRoomTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private ChatServer server;

    /** What is on a screen. */
    private static final class Shown implements Screen {
        final List<Said> lines = new CopyOnWriteArrayList<>();
        final List<String> statuses = new CopyOnWriteArrayList<>();

        @Override
        public void add(Said said) {
            lines.add(said);
        }

        @Override
        public void replace(List<Said> all) {
            lines.clear();
            lines.addAll(all);
        }

        @Override
        public void status(String text) {
            statuses.add(text);
        }

        @Override
        public boolean confirm(String question) {
            return question.equals("Come to room-2?");
        }
    }

    @BeforeEach
    void start() throws Exception {
        server = new ChatServer(folder, 0);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private static ChatRoom enter(String user, URI hub, Screen screen) {
        Function<TokenCause, CompletionStage<String>> login = cause -> CompletableFuture.completedFuture(user);
        return new ChatRoom(hub, login, "room-1", screen);
    }

    @Test
    void what_one_says_the_other_sees_and_one_who_comes_later_too() {
        Shown onAnns = new Shown();
        Shown onBobs = new Shown();
        try (ChatRoom ann = enter("ann", server.uri(), onAnns)) {
            ann.say("hello");
            await().atMost(PATIENCE).until(() -> onAnns.lines.contains(new Said("ann", "hello")));
            try (ChatRoom bob = enter("bob", server.uri(), onBobs)) {
                await().atMost(PATIENCE).until(() -> onBobs.lines.contains(new Said("ann", "hello")));
                bob.say("hi");
                await().atMost(PATIENCE).until(() -> onAnns.lines.contains(new Said("bob", "hi")));
            }
        }
    }

    @Test
    void the_hub_may_ask() throws Exception {
        Shown onAnns = new Shown();
        try (ChatRoom ann = enter("ann", server.uri(), onAnns)) {
            await().atMost(PATIENCE).until(() -> onAnns.statuses.contains("OPEN"));

            boolean comes = server.hub
                    .user("ann")
                    .askFirst(Chat.INVITE, "room-2", PATIENCE)
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);

            assertThat(comes).isTrue();
            ann.say("coming");
            await().atMost(PATIENCE).until(() -> onAnns.lines.contains(new Said("ann", "coming")));
        }
    }

    @Test
    void a_hub_that_was_restarted_fills_the_screen_anew() throws Exception {
        Shown onAnns = new Shown();
        URI hub = server.uri();
        int port = server.port();
        try (ChatRoom ann = enter("ann", hub, onAnns)) {
            ann.say("before");
            await().atMost(PATIENCE).until(() -> onAnns.lines.contains(new Said("ann", "before")));

            server.close();
            await().atMost(PATIENCE).until(() -> onAnns.statuses.contains("WAITING"));
            server = new ChatServer(folder, port, new Said("bob", "meanwhile"));

            await().atMost(PATIENCE)
                    .until(() -> onAnns.lines.contains(new Said("bob", "meanwhile"))
                            && !onAnns.lines.contains(new Said("ann", "before")));
            ann.say("after");
            await().atMost(PATIENCE).until(() -> onAnns.lines.contains(new Said("ann", "after")));
        }
    }
}
