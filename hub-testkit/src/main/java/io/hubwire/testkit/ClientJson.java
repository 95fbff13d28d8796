// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hubwire.protocol.ErrorCode;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The protocol as a client knows it, written a second time: it shares no code with the hub's codec, so that a field
 * renamed there is missed here. Thread-safe.
 */
final class ClientJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private ClientJson() {}

    /** What a client sends. */
    static String write(String event, Optional<Object> data, Optional<String> id) {
        ObjectNode message = JSON.createObjectNode().put("event", event);
        data.ifPresent(value -> message.set("data", JSON.valueToTree(value)));
        id.ifPresent(value -> message.put("id", value));
        return message.toString();
    }

    /** What a client of the hubwire.v1 profile says first. */
    static String hello(Optional<String> token, Optional<Claim> claim) {
        ObjectNode data = JSON.createObjectNode();
        token.ifPresent(value -> data.put("token", value));
        claim.ifPresent(value ->
                data.putObject("resume").put("session", value.session()).put("seq", value.number()));
        return write("hub/hello", Optional.of(data), Optional.empty());
    }

    /** Up to which number it has everything. */
    static String acknowledgement(long number) {
        return write("hub/ack", Optional.of(JSON.createObjectNode().put("seq", number)), Optional.empty());
    }

    /** The answer to a question. */
    static String answer(ReceivedMessage question, Optional<Object> data) {
        return answer(question, 0, Optional.empty(), data);
    }

    /** The answer to a question, as an error. */
    static String refusal(ReceivedMessage question, ErrorCode code, Optional<Object> data) {
        return answer(question, code.number(), Optional.of(code.text()), data);
    }

    private static String answer(ReceivedMessage question, int code, Optional<String> error, Optional<Object> data) {
        ObjectNode message = JSON.createObjectNode().put("event", question.event());
        message.put("ask", question.ask().orElseThrow()).put("code", code);
        error.ifPresent(text -> message.put("errorMsg", text));
        data.ifPresent(value -> message.set("data", JSON.valueToTree(value)));
        return message.toString();
    }

    /** A message that {@link #write} wrote, as transcripts show it. */
    static String describe(String text, Redactor redactor) {
        return parsed(text)
                .map(message -> describe(message, redactor))
                .orElseGet(() -> Transcript.shorten(redactor.masked(text))); // nested too deeply to be read again
    }

    private static String describe(JsonNode message, Redactor redactor) {
        String data = message.has("data")
                ? " " + Transcript.shorten(redactor.masked(message.path("data")).toString())
                : "";
        int error = message.path("code").asInt();
        String code = error == 0 ? "" : " code=" + error;
        String id = message.has("id") ? "  id=" + message.path("id").asText() : "";
        String ask = message.has("ask") ? "  ask=" + message.path("ask").asText() : "";
        return message.path("event").asText() + code + data + id + ask;
    }

    /** A value as the data of a message. */
    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** Text as JSON, if that is what it is. */
    static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text)).filter(tree -> !tree.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * What a client receives.
     *
     * @throws IllegalStateException if it is not an envelope of the protocol
     */
    static ReceivedMessage read(String text, Duration at, Redactor redactor) {
        Supplier<String> shown = () -> redactor.maskedFrame(text);
        JsonNode root = parse(text, shown);
        require(root.isObject(), "is not an object", shown);
        require(root.path("event").isTextual(), "has no 'event'", shown);
        require(root.path("code").isIntegralNumber(), "has no 'code'", shown);
        require(root.path("timestamp").isIntegralNumber(), "has no 'timestamp'", shown);
        boolean isError = root.get("code").asInt() != 0;
        require(
                root.path("errorMsg").isTextual() == isError,
                "has an 'errorMsg' without an error, or none with one",
                shown);
        require(!root.has("id") || root.get("id").isTextual(), "has an 'id' that is not a string", shown);
        require(!root.has("ask") || root.get("ask").isTextual(), "has an 'ask' that is not a string", shown);
        return new ReceivedMessage(text, root, at, redactor);
    }

    static Object bind(JsonNode data, Type type, Redactor redactor) {
        try {
            return JSON.treeToValue(data, JSON.constructType(type));
        } catch (JsonProcessingException e) {
            JsonNode shown = redactor.masked(data);
            String misfit = shown + " does not fit " + type.getTypeName();
            throw shown.equals(data)
                    ? new IllegalArgumentException(misfit + ": " + e.getOriginalMessage(), e)
                    : new IllegalArgumentException(misfit); // Jackson quotes values, secrets among them
        }
    }

    private static JsonNode parse(String text, Supplier<String> shown) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) { // is no cause: it quotes what it read, secrets among it
            throw new IllegalStateException("the hub sent what is not JSON: " + shown.get());
        }
    }

    private static void require(boolean holds, String otherwise, Supplier<String> shown) {
        if (!holds) {
            throw new IllegalStateException(
                    "the hub sent what is not an envelope: it " + otherwise + ": " + shown.get());
        }
    }
}
