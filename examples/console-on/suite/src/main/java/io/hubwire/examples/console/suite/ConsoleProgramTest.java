// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.Console;
import io.hubwire.examples.console.account.Accounts;
import io.hubwire.examples.console.account.TokenKey;
import io.hubwire.examples.console.account.Tokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program as it is run: a process of its own, ended from outside. */
class ConsoleProgramTest {
    private static final String KEY = "a key for this test, long enough";
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/");
    private static final int LONGEST_SECONDS = 10;

    private Process program;

    @BeforeEach
    void run() throws IOException {
        program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dport=0",
                        "-DtokenKey=" + KEY,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Console.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    @Test
    @Timeout(60)
    void it_says_where_it_is_and_when_it_is_ended_clients_are_told_and_the_process_ends() throws Exception {
        int port = port(program.inputReader());
        SocketClient client = SocketClient.connect(HttpClient.newHttpClient(), port, token());
        client.ask("{\"event\":\"ping\"}");

        program.destroy();

        assertThat(client.closeCode()).isEqualTo(1012);
        assertThat(program.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static int port(BufferedReader output) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        throw new AssertionError("it did not say where it is");
    }

    private static String token() {
        Accounts accounts = Accounts.demo();
        return new Tokens(accounts, TokenKey.of(KEY), Duration.ofMinutes(1), InstantSource.system())
                .issue(accounts.find(1).orElseThrow());
    }
}
