// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.examples.console.account.Account;
import io.hubwire.examples.console.account.Accounts;
import io.hubwire.examples.console.account.CheapAccounts;
import io.hubwire.examples.console.account.LoginLimits;
import io.hubwire.examples.console.account.TokenKey;
import io.hubwire.examples.console.account.Tokens;
import io.hubwire.examples.console.api.ConsoleRoutes;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.http.QueryString;
import io.hubwire.examples.console.hub.ConsoleHub;
import io.hubwire.examples.console.monitor.FixedMachine;
import io.hubwire.examples.console.monitor.Monitor;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The console without a server: its production wiring, a hub in memory, virtual time. */
public final class TestConsole implements AutoCloseable {
    /** How long tokens are good for. */
    public static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private static final Accounts ACCOUNTS = CheapAccounts.demo();
    private static final JsonMapper JSON = new JsonMapper();

    private final Tokens tokens = new Tokens(ACCOUNTS, TokenKey.random(), TOKEN_LIFETIME, this::now);
    private final TestHub hub = TestHub.of(new ConsoleHub(tokens, new Monitor(new FixedMachine())));
    private final HttpRoutes routes = ConsoleRoutes.of(hub.hub(), ACCOUNTS, tokens, new LoginLimits(this::now));

    private Instant now() {
        return hub.now();
    }

    /** The hub. */
    public TestHub hub() {
        return hub;
    }

    /** A token, as from signing in. */
    public String tokenOf(String username) {
        return tokens.issue(account(username));
    }

    /** Connects a device of an account. */
    public TestClient connect(String username) {
        return connect(username, "127.0.0.1", "curl/8.5.0");
    }

    /** Connects a device of an account that speaks hubwire.v1. */
    public TestClient connectResuming(String username) {
        return hub.client().named(username).token(tokenOf(username)).resuming().connect();
    }

    /** Connects a device of an account. */
    public TestClient connect(String username, String address, String agent) {
        return hub.client()
                .named(username)
                .token(tokenOf(username))
                .address(address)
                .agent(agent)
                .connect();
    }

    /** Calls as somebody who has signed in. */
    public HttpAnswer get(String path, String username) {
        return call("GET", path, "", Optional.of(tokenOf(username)));
    }

    /** Calls as somebody who has signed in. */
    public HttpAnswer post(String path, String body, String username) {
        return call("POST", path, body, Optional.of(tokenOf(username)));
    }

    /** Calls with this in {@code Authorization}. */
    public HttpAnswer call(String method, String pathAndQuery, String body, Optional<String> authorization) {
        return call(method, pathAndQuery, body, authorization, "127.0.0.1");
    }

    /** Signs in from an address. */
    public HttpAnswer login(String username, String password, String address) {
        String body = "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
        return call("POST", "/admin/site/accountLogin", body, Optional.empty(), address);
    }

    private HttpAnswer call(
            String method, String pathAndQuery, String body, Optional<String> authorization, String address) {
        String[] parts = pathAndQuery.split("\\?", 2);
        Map<String, String> headers = new HashMap<>();
        authorization.ifPresent(value -> headers.put("authorization", value));
        Map<String, String> query = parts.length == 2 ? QueryString.parse(parts[1]) : Map.of();
        HttpAnswer answer = routes.answer(new HttpCall(method, parts[0], query, headers, body, address));
        hub.settle();
        return answer;
    }

    /** What an answer says. */
    public static JsonNode json(HttpAnswer answer) {
        return json(answer.body());
    }

    /** JSON text as a tree. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        hub.close();
    }

    private static Account account(String username) {
        return username.equals("admin")
                ? ACCOUNTS.find(1).orElseThrow()
                : ACCOUNTS.find(2).orElseThrow();
    }
}
