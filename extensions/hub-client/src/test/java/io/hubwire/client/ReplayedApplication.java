// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubwire.RequestType;
import io.hubwire.client.RequestFailedException.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The application of the client in a transcript: drives the client through its API and writes down what it sees. */
final class ReplayedApplication {
    private static final JsonMapper JSON = new JsonMapper();

    private final VirtualRuntime runtime;
    private final FakeSockets sockets;
    private final List<JsonNode> seen = new ArrayList<>();
    private final Map<String, JsonNode> ended = new HashMap<>();
    private final List<String> left = new ArrayList<>();
    private String token = "";
    private HubClient client;

    ReplayedApplication(VirtualRuntime runtime, FakeSockets sockets) {
        this.runtime = runtime;
        this.sockets = sockets;
    }

    void act(JsonNode step) {
        switch (step.get("clientApplication").asText()) {
            case "connect" -> connect(step.get("token").asText());
            case "token" -> token = step.get("token").asText();
            case "send" -> client.send(step.get("event").asText(), step.get("data"));
            case "request" -> request(step);
            case "answer" -> answer(step.get("event").asText(), step.get("data"));
            case "join" -> note(step, client.join(step.get("group").asText()));
            default -> throw new AssertionError("unknown: " + step);
        }
        runtime.settle();
    }

    private void connect(String first) {
        token = first;
        client = HubClient.builder(URI.create("ws://hub.example/ws"))
                .token(() -> CompletableFuture.completedFuture(token))
                .listen(this::listen)
                .connect(runtime, sockets);
    }

    private void listen(HubClient it) {
        it.onAny(message -> seen.add(data("event", message.event(), message.text())));
        it.onSession(start -> seen.add(session(Map.of("resumed", false, "reason", start.reason()))));
        it.onGap(gap -> seen.add(JSON.createObjectNode().set("gap", JSON.valueToTree(gap))));
        it.onLeft(departure -> left.add(departure.group()));
        it.onState(change -> {
            if (change.resumed()) {
                seen.add(session(Map.of("resumed", true)));
            } else if (change.state() == ConnectionState.CLOSED) {
                int code = change.reason().orElseThrow().code();
                seen.add(JSON.createObjectNode().put("closed", code));
            }
        });
    }

    private static JsonNode session(Map<String, Object> fields) {
        return JSON.createObjectNode().set("session", JSON.valueToTree(fields));
    }

    private void request(JsonNode step) {
        RequestType<JsonNode, JsonNode> type =
                RequestType.of(step.get("event").asText(), JsonNode.class, JsonNode.class);
        Duration timeout = Duration.ofMillis(step.path("timeoutMs").asLong(30_000));
        note(step, client.request(type, step.get("data"), timeout));
    }

    private void note(JsonNode step, CompletionStage<?> stage) {
        String as = step.get("as").asText();
        stage.whenComplete((answer, failure) -> {
            ObjectNode end = JSON.createObjectNode().put("answer", as);
            if (failure == null) {
                end.set("data", JSON.valueToTree(answer));
            } else if (failure instanceof RequestFailedException failed && failed.reason() == Cause.REFUSED) {
                end.put("code", failed.code());
            } else {
                boolean isUnknown =
                        failure instanceof RequestFailedException failed && failed.reason() == Cause.OUTCOME_UNKNOWN;
                end.put("outcome", isUnknown ? "unknown" : failure.toString());
            }
            if (ended.put(as, end) != null) {
                throw new AssertionError(as + " ended twice");
            }
        });
    }

    private void answer(String event, JsonNode answer) {
        client.answer(RequestType.of(event, JsonNode.class, JsonNode.class), question -> {
            seen.add(data("question", event, question.toString()));
            return answer;
        });
    }

    private static JsonNode data(String kind, String event, String text) {
        try {
            ObjectNode item = JSON.createObjectNode().put(kind, event);
            return text.isEmpty() ? item : item.set("data", JSON.readTree(text));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Compares what was seen since the last call. */
    void check(JsonNode expected, TranscriptValues values) {
        List<JsonNode> inOrder = new ArrayList<>();
        for (JsonNode item : expected) {
            if (item.has("answer")) {
                JsonNode end = ended.remove(item.get("answer").asText());
                require(end != null && values.fits(item, end), "expected " + item + ", got " + end);
            } else if (item.has("left")) {
                require(left.remove(item.get("left").asText()), "expected " + item);
            } else {
                inOrder.add(item);
            }
        }
        boolean isSame = inOrder.size() == seen.size();
        for (int i = 0; isSame && i < inOrder.size(); i++) {
            isSame = values.fits(inOrder.get(i), seen.get(i));
        }
        require(isSame, "expected to see " + inOrder + ", saw " + seen);
        require(left.isEmpty(), "told of having left " + left);
        seen.clear();
    }

    private static void require(boolean isTrue, String otherwise) {
        if (!isTrue) {
            throw new AssertionError(otherwise);
        }
    }
}
