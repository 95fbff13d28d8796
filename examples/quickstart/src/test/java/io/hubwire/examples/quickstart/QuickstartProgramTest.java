// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program as it is run: a process of its own, a real socket. */
class QuickstartProgramTest {
    /** In what the container says when it serves. */
    private static final Pattern PORT = Pattern.compile("Starting .*127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log = Path.of("target/quickstart.log");
    private Process program;
    private int port;

    @BeforeEach
    void run() throws IOException {
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dport=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Quickstart.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    @Test
    void it_serves_its_page_and_its_hub() {
        port = await().atMost(Duration.ofSeconds(30)).until(this::portInLog, found -> found > 0);
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
            HttpResponse<String> page =
                    http.send(HttpRequest.newBuilder(uri("http", "/")).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("new WebSocket(");
        });

        Frames ann = new Frames();
        Frames bob = new Frames();
        WebSocket annsSocket = connect(ann);
        WebSocket bobsSocket = connect(bob);
        bobsSocket
                .sendText("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}", true)
                .join();
        await().untilAsserted(() -> assertThat(bob.texts).hasSize(1));
        annsSocket
                .sendText("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}", true)
                .join();
        annsSocket
                .sendText("{\"event\":\"chat/say\",\"data\":{\"room\":\"room-1\",\"text\":\"hello\"}}", true)
                .join();

        await().untilAsserted(() -> {
            assertThat(ann.texts).hasSize(2).last().asString().contains("\"chat/said\"", "\"text\":\"hello\"");
            assertThat(bob.texts).hasSize(2).last().asString().contains("\"chat/said\"", "\"text\":\"hello\"");
        });
    }

    private WebSocket connect(Frames frames) {
        return http.newWebSocketBuilder().buildAsync(uri("ws", "/ws"), frames).join();
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + port + path);
    }

    private int portInLog() throws IOException {
        Matcher matcher = PORT.matcher(Files.readString(log));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** What one client received. */
    private static final class Frames implements WebSocket.Listener {
        private final Queue<String> texts = new ConcurrentLinkedQueue<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            texts.add(data.toString());
            socket.request(1);
            return null;
        }
    }
}
