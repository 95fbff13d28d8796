// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hubwire.protocol.EventException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Envelopes as JSON text, both ways. Thread-safe. */
public final class Wire {
    private final ObjectMapper mapper;

    private Wire(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Times as ISO 8601; unknown fields are ignored. */
    public static Wire standard() {
        return new Wire(JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .build());
    }

    /** Payloads as this mapper reads and writes them. */
    public static Wire using(ObjectMapper mapper) {
        return new Wire(mapper);
    }

    /**
     * Reads one text message.
     *
     * @throws IllegalArgumentException if it is none of the protocol
     */
    IncomingFrame read(String text) {
        JsonNode root = tree(text);
        if (root.isObject()) {
            return new IncomingFrame(0, List.of(envelope(root)));
        }
        if (!root.isArray()) {
            throw new IllegalArgumentException("a frame of the hub is neither an object nor an array");
        }
        boolean isNumbered = root.path(0).isIntegralNumber();
        List<Incoming> envelopes = new ArrayList<>(root.size());
        for (int i = isNumbered ? 1 : 0; i < root.size(); i++) {
            envelopes.add(envelope(root.get(i)));
        }
        return new IncomingFrame(isNumbered ? root.get(0).longValue() : 0, envelopes);
    }

    private JsonNode tree(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("a frame of the hub is not JSON", malformed);
        }
    }

    private Incoming envelope(JsonNode json) {
        JsonNode event = json.path("event");
        if (!event.isTextual()) {
            throw new IllegalArgumentException("an envelope of the hub has no event");
        }
        return new Incoming(
                event.textValue(),
                new JsonBody(mapper, json.path("data")),
                json.path("code").intValue(),
                json.path("errorMsg").asText(""),
                json.path("timestamp").longValue(),
                json.path("id").textValue(),
                json.path("ask").textValue(),
                json.path("volatile").booleanValue());
    }

    String hello(String token, @Nullable String session, long seq) {
        ObjectNode data = node();
        if (!token.isEmpty()) {
            data.put("token", token);
        }
        if (session != null) {
            data.putObject("resume").put("session", session).put("seq", seq);
        }
        return write(control("hub/hello", data));
    }

    String position(String event, long seq) {
        return write(control(event, node().put("seq", seq)));
    }

    String authentication(String token, String id) {
        return write(control("hub/auth", node().put("token", token)).put("id", id));
    }

    /**
     * An event or a request.
     *
     * @throws IllegalArgumentException if the data cannot be written
     */
    String message(String event, @Nullable Object data, @Nullable String id) {
        ObjectNode envelope = node().put("event", event);
        putData(envelope, event, data);
        if (id != null) {
            envelope.put("id", id);
        }
        return write(envelope);
    }

    /** The answer to a question; throws as {@link #message} does. */
    String answer(String event, String ask, @Nullable Object data) {
        ObjectNode envelope = node().put("event", event).put("ask", ask).put("code", 0);
        putData(envelope, event, data);
        return write(envelope);
    }

    /** The same for one that failed. */
    String failedAnswer(String event, String ask, EventException failure) {
        ObjectNode envelope = node().put("event", event).put("ask", ask);
        envelope.put("code", failure.code().number())
                .put("errorMsg", failure.code().text());
        putData(envelope, event, failure.data().orElse(null));
        return write(envelope);
    }

    private void putData(ObjectNode envelope, String event, @Nullable Object data) {
        if (data == null) {
            return;
        }
        try {
            envelope.set("data", mapper.valueToTree(data));
        } catch (IllegalArgumentException unwritable) {
            throw new IllegalArgumentException(
                    "the data of event '" + event + "' cannot be written as JSON: " + unwritable.getMessage(),
                    unwritable);
        }
    }

    private static ObjectNode control(String event, ObjectNode data) {
        return node().put("event", event).set("data", data);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private String write(ObjectNode envelope) {
        try {
            return mapper.writeValueAsString(envelope);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("an envelope cannot be written: " + unwritable.getMessage(), unwritable);
        }
    }
}
