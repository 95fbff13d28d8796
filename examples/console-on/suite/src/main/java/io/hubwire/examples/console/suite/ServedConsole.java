// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.examples.console.ConsoleApp;
import io.hubwire.examples.console.account.Accounts;
import io.hubwire.examples.console.account.LoginLimits;
import io.hubwire.examples.console.account.TokenKey;
import io.hubwire.examples.console.account.Tokens;
import io.hubwire.examples.console.monitor.Monitor;
import io.hubwire.examples.console.monitor.OshiMachine;
import io.hubwire.examples.console.server.ConsoleServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;

/** The whole console on a real container, and an HTTP client for it. */
final class ServedConsole implements AutoCloseable {
    private static final Accounts ACCOUNTS = Accounts.demo();
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConsoleServer server;

    private ServedConsole(ConsoleServer server) {
        this.server = server;
    }

    /** Starts it; port 0 for any. */
    static ServedConsole start(TokenKey key, int port) {
        Tokens tokens = new Tokens(ACCOUNTS, key, Duration.ofHours(1), InstantSource.system());
        LoginLimits limits = new LoginLimits(InstantSource.system());
        Monitor monitor = new Monitor(new OshiMachine(InstantSource.system()));
        ConsoleApp app = ConsoleApp.of(ACCOUNTS, tokens, limits, monitor);
        return new ServedConsole(ConsoleServer.start(app.hub(), app.routes(), port));
    }

    int port() {
        return server.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    HttpResponse<String> get(String path, String token) {
        return send(HttpRequest.newBuilder(uri(path)).header("Authorization", token));
    }

    HttpResponse<String> post(String path, String body, String token) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> login(String username, String password) {
        String body = "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
        return send(HttpRequest.newBuilder(uri("/admin/site/accountLogin"))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    String tokenOf(String username) {
        JsonNode answer = json(login(username, "123456").body());
        return answer.at("/data/token").textValue();
    }

    /** JSON text as a tree. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    SocketClient connect(String token) {
        return SocketClient.connect(http, port(), token);
    }

    /** A client of the hubwire.v1 profile that has not said anything yet. */
    SocketClient connectResuming() {
        return SocketClient.connectResuming(http, port());
    }

    /** The status with which the handshake is refused. */
    int refusal(String query, String origin, String... subprotocols) {
        return SocketClient.refusal(http, port(), query, origin, subprotocols);
    }

    @Override
    public void close() {
        server.close();
    }
}
