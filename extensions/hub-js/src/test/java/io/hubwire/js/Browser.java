// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Chromium of its own, driven over its DevTools protocol, which shows and hides tabs as a person does: the usual
 * drivers make every tab believe that it is seen.
 */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final DevTools tools;

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** A hidden tab gets its timers once a minute after seconds; without the setting it takes five minutes. */
    static Browser start() throws Exception {
        Path profile = Files.createTempDirectory(Path.of("target"), "profile");
        List<String> command = List.of(
                executable(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile.toAbsolutePath(),
                "--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/10",
                "about:blank");
        File log = profile.resolve("log.txt").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        return new Browser(process, DevTools.at(addressOf(profile)));
    }

    private static String executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(Path.of(folder, "chromium"), Path.of(folder, "chromium-browser")))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this test needs 'chromium' on the path"));
    }

    /** It writes down its port and its path when it can be called. */
    private static URI addressOf(Path profile) {
        Path written = profile.resolve("DevToolsActivePort");
        List<String> lines = await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(NoSuchFileException.class)
                .until(() -> Files.readAllLines(written), found -> found.size() == 2);
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    }

    /** What no page has caught. */
    List<String> exceptions() {
        return tools.exceptions();
    }

    /** A new tab, in front of the others. */
    Tab open(String address) {
        String target = tools.call("", "Target.createTarget", Map.of("url", address))
                .get("targetId")
                .asText();
        JsonNode attached = tools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true));
        return new Tab(tools, target, attached.get("sessionId").asText());
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
