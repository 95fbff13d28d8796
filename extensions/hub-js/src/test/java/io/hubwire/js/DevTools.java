// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The calls of Chromium's DevTools protocol, one after the other. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_SECONDS = 120;

    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final List<String> exceptions = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    private DevTools(URI address) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .join();
    }

    static DevTools at(URI address) {
        return new DevTools(address);
    }

    /** Waits for the result; without a session it is the browser that is called. */
    JsonNode call(String session, String method, Map<String, ?> parameters) {
        int id = count.incrementAndGet();
        Map<String, Object> message = new LinkedHashMap<>(Map.of("id", id, "method", method, "params", parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        try {
            socket.sendText(JSON.writeValueAsString(message), true).join();
            return result(method, answer.get(LONGEST_SECONDS, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new AssertionError(method + " " + parameters, e);
        }
    }

    private static JsonNode result(String method, JsonNode answer) {
        if (answer.has("error")) {
            throw new AssertionError(method + ": " + answer.get("error"));
        }
        return answer.get("result");
    }

    /** What no page has caught. */
    List<String> exceptions() {
        return exceptions;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void received(String message) {
        try {
            JsonNode root = JSON.readTree(message);
            CompletableFuture<JsonNode> answered = open.remove(root.path("id").asInt());
            if (answered != null) {
                answered.complete(root);
            } else if (root.path("method").asText().equals("Runtime.exceptionThrown")) {
                exceptions.add(message);
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
