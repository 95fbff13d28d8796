// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The least hub of the profile that a client can be tested with: one session, its whole log kept for ever, resume, requests that run once,
 * questions. It sends what waits in frames of at most three envelopes. Thread-safe.
 */
final class ModelHub {
    /** Where it writes to. */
    interface Peer {
        void send(String text);

        void close(int code);
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final int FRAME = 3;

    private final List<String> log = new ArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private final List<Integer> said = new ArrayList<>();
    private final List<Integer> handled = new ArrayList<>();
    private final Map<Integer, Integer> questionAnswers = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private @Nullable Peer current;
    private String secret = "";
    private String previous = "";
    private int secrets;
    private int resumes;
    private int hellos;
    private int acknowledged;
    private int sentHighest;

    synchronized void push(int number) {
        append(envelope("note").put("data", number));
    }

    synchronized void pushText(String text) {
        append(envelope("text").put("data", text));
    }

    synchronized void close(int code) {
        if (current != null) {
            current.close(code);
        }
    }

    /** Whether nobody is connected. */
    synchronized boolean isAlone() {
        return current == null;
    }

    synchronized int hellos() {
        return hellos;
    }

    synchronized void ask(int question) {
        append(envelope("quiz").put("data", question).put("ask", "s-" + question));
    }

    private static ObjectNode envelope(String event) {
        return JSON.createObjectNode().put("event", event).put("code", 0).put("timestamp", 1);
    }

    private void append(ObjectNode envelope) {
        log.add(envelope.toString());
        write(log.size());
    }

    private void write(int from) {
        for (int first = from; first <= log.size() && current != null; first += FRAME) {
            int last = Math.min(log.size(), first + FRAME - 1);
            sentHighest = Math.max(sentHighest, last);
            current.send("[" + first + "," + String.join(",", log.subList(first - 1, last)) + "]");
        }
    }

    synchronized void gone(Peer peer) {
        if (current == peer) {
            current = null;
        }
    }

    synchronized void received(Peer peer, String text) {
        JsonNode message = read(text);
        String event = message.path("event").asText();
        if (event.equals("hub/hello")) {
            hello(peer, message.path("data"));
        } else if (peer == current) {
            previous = "";
            handle(event, message);
        }
    }

    private void hello(Peer peer, JsonNode data) {
        hellos++;
        String claim = data.path("resume").path("session").asText();
        int seq = data.path("resume").path("seq").asInt();
        boolean isResumed = !claim.isEmpty() && (claim.equals(secret) || claim.equals(previous)) && seq <= sentHighest;
        if (!isResumed && !secret.isEmpty()) {
            faults.add("a hello without a good claim: " + data);
        }
        if (current != null) {
            current.close(4005);
        }
        previous = isResumed ? claim : "";
        secret = "secret-" + ++secrets;
        current = peer;
        resumes += isResumed ? 1 : 0;
        peer.send(helloAnswer(isResumed, seq));
        write(seq + 1);
    }

    private String helloAnswer(boolean isResumed, int seq) {
        ObjectNode hello = envelope("hub/hello");
        ObjectNode data = hello.putObject("data")
                .put("client", "client-1")
                .put("session", secret)
                .put("resumed", isResumed)
                .put("seq", isResumed ? seq : 0);
        data.putObject("reconnect").put("minMs", 5).put("maxMs", 20);
        data.putObject("heartbeat").put("intervalMs", 200).put("timeoutMs", 500);
        return hello.toString();
    }

    private void handle(String event, JsonNode message) {
        switch (event) {
            case "hub/ack" -> acknowledge(message.path("data").path("seq").asInt());
            case "hub/ping" -> {
                acknowledge(message.path("data").path("seq").asInt());
                send(envelope("hub/ping").toString());
            }
            case "say" -> said.add(message.path("data").asInt());
            case "double" -> request(message);
            case "quiz" -> answered(message);
            default -> faults.add("unexpected: " + message);
        }
    }

    private void send(String text) {
        if (current != null) {
            current.send(text);
        }
    }

    private void acknowledge(int number) {
        if (number > sentHighest) {
            faults.add("acknowledged " + number + " of " + sentHighest);
        }
        acknowledged = Math.max(acknowledged, number);
    }

    private void request(JsonNode message) {
        String id = message.path("id").asText();
        int value = message.path("data").asInt();
        String kept = answers.get(id);
        if (kept == null) {
            handled.add(value);
            kept = envelope("double").put("data", 2 * value).put("id", id).toString();
            answers.put(id, kept);
        }
        log.add(kept);
        write(log.size());
    }

    private void answered(JsonNode message) {
        int question = Integer.parseInt(message.path("ask").asText().substring(2));
        if (questionAnswers.put(question, message.path("data").asInt()) != null) {
            faults.add("question " + question + " was answered twice");
        }
    }

    synchronized List<Integer> said() {
        return List.copyOf(said);
    }

    synchronized List<Integer> handled() {
        return List.copyOf(handled);
    }

    synchronized Map<Integer, Integer> questionAnswers() {
        return Map.copyOf(questionAnswers);
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized int resumes() {
        return resumes;
    }

    synchronized boolean isAllAcknowledged() {
        return acknowledged == log.size();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
