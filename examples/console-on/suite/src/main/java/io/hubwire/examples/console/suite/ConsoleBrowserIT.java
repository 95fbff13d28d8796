// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.account.TokenKey;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The console, on the container that is on the class path, in a real Chromium, driven by {@code scenario.mjs} and {@code live.mjs}. It needs {@code chromium}, {@code node} and
 * {@code npm} on the path, and fails without them. Screenshots are kept in {@code target/screenshots}.
 */
class ConsoleBrowserIT {
    private static final Path SOURCES = Path.of("../suite/src/browser");
    private static final Path WORK = Path.of("target/browser");
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final int LONGEST_MINUTES = 3;

    private final TokenKey key = TokenKey.random();
    /** Bound and never listening: while the server restarts, its port is given to nobody else. */
    private final Socket reserved = new Socket();

    private ServedConsole console;

    @BeforeAll
    static void prepare() throws Exception {
        Files.createDirectories(WORK);
        for (String file :
                new String[] {"package.json", "package-lock.json", "scenario.mjs", "live.mjs", "steps.mjs"}) {
            Files.write(WORK.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
        }
        Process install = start("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
        String output = new String(install.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(install.waitFor()).as(output).isZero();
    }

    @BeforeEach
    void start() throws IOException {
        reserved.setReuseAddress(true); // as servers do: so the console may have it
        reserved.bind(new InetSocketAddress("127.0.0.1", 0));
        console = ServedConsole.start(key, reserved.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        console.close();
        reserved.close();
    }

    @Test
    void people_sign_in_talk_are_kicked_and_come_back() throws Exception {
        play("scenario.mjs", emptied(SCREENSHOTS));
    }

    @Test
    void a_connection_is_broken_in_every_way_and_its_page_shows_what_becomes_of_the_session() throws Exception {
        play("live.mjs", emptied(SCREENSHOTS.resolve("live")));
    }

    private static Path emptied(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (File old : folder.toFile().listFiles(File::isFile)) {
            Files.delete(old.toPath());
        }
        return folder;
    }

    private void play(String script, Path screenshots) throws Exception {
        Process scenario = start(
                "node",
                script,
                "http://127.0.0.1:" + console.port(),
                chromium(),
                screenshots.toAbsolutePath().toString());
        CompletableFuture.delayedExecutor(LONGEST_MINUTES, TimeUnit.MINUTES).execute(scenario::destroyForcibly);
        try {
            String output = follow(scenario);
            assertThat(scenario.waitFor()).as(output).isZero();
        } finally {
            scenario.descendants().forEach(ProcessHandle::destroyForcibly);
            scenario.destroyForcibly();
        }
    }

    /** Reads what the scenario says until its end, and restarts the server when it asks for that. */
    private String follow(Process scenario) throws IOException {
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = scenario.inputReader();
                Writer commands = scenario.outputWriter()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.equals("restart")) {
                    restart();
                    commands.write("restarted\n");
                    commands.flush();
                }
            }
        }
        System.out.print(output);
        return output.toString();
    }

    private void restart() {
        int port = console.port();
        console.close();
        console = ServedConsole.start(key, port);
    }

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command)
                    .directory(WORK.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("this test needs '" + command[0] + "' on the path", e);
        }
    }

    private static String chromium() {
        Optional<String> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(Path.of(folder, "chromium"), Path.of(folder, "chromium-browser")))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        return found.orElseThrow(() -> new AssertionError("this test needs 'chromium' on the path"));
    }
}
