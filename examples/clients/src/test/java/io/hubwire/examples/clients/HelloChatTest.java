// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.examples.clients.Chat.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is run: a process of its own. */
class HelloChatTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void it_says_hello_hears_itself_and_ends() throws Exception {
        try (ChatServer server = new ChatServer(folder, 0)) {
            Path screen = folder.resolve("screen.txt");
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dhub=" + server.uri(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            HelloChat.class.getName())
                    .redirectErrorStream(true)
                    .redirectOutput(screen.toFile())
                    .start();
            try {
                await().atMost(PATIENCE).until(() -> Files.readString(screen).contains("somebody: hello"));
                program.getOutputStream().write('\n');
                program.getOutputStream().flush();

                assertThat(program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(Files.readString(screen)).startsWith("CONNECTING").contains("OPEN");
                assertThat(server.chat.said).containsExactly(new Said("somebody", "hello"));
            } finally {
                program.destroyForcibly();
            }
        }
    }
}
