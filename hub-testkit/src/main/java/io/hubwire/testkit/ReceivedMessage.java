// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.TypeToken;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;

/** One message as a client received it. Immutable and thread-safe. */
public final class ReceivedMessage {
    private final String text;
    private final JsonNode root;
    private final Duration at;

    ReceivedMessage(String text, JsonNode root, Duration at) {
        this.text = text;
        this.root = root;
        this.at = at;
    }

    /** The frame, byte for byte. */
    public String text() {
        return text;
    }

    /** When it arrived, counted from the test's beginning. */
    public Duration at() {
        return at;
    }

    /** The event's name. */
    public String event() {
        return root.get("event").asText();
    }

    /** 0 for success, otherwise an error's number. */
    public int code() {
        return root.get("code").asInt();
    }

    /** An error's text. */
    public Optional<String> errorMsg() {
        return Optional.ofNullable(root.get("errorMsg")).map(JsonNode::asText);
    }

    /** Seconds since the epoch, by the hub's clock. */
    public long timestamp() {
        return root.get("timestamp").asLong();
    }

    /** The id of the message that this one answers. */
    public Optional<String> id() {
        return Optional.ofNullable(root.get("id")).map(JsonNode::asText);
    }

    /** Whether it has data; JSON {@code null} is none. */
    public boolean hasData() {
        return root.hasNonNull("data");
    }

    /**
     * The data as a value.
     *
     * @throws IllegalArgumentException if there is none, or it does not fit
     */
    public <T> T data(Class<T> type) {
        return bound(type);
    }

    /**
     * The data as a value of a generic type.
     *
     * @throws IllegalArgumentException if there is none, or it does not fit
     */
    public <T> T data(TypeToken<T> type) {
        return bound(type.type());
    }

    /** Whether the hub sent it of its own accord: it is neither an error nor the answer to a message with an id. */
    boolean isPush() {
        return code() == 0 && !root.has("id");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // callers pass the type that T stands for
    <T> T bound(Type type) {
        if (!hasData()) {
            throw new IllegalArgumentException("the message has no data: " + text);
        }
        return (T) ClientJson.bind(root.get("data"), type);
    }

    /** As transcripts show it: name, code and text of an error, data, id. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(event());
        if (code() != 0) {
            line.append(" code=")
                    .append(code())
                    .append(" \"")
                    .append(errorMsg().orElse(""))
                    .append('"');
        }
        if (hasData()) {
            line.append(' ').append(Transcript.shorten(root.get("data").toString()));
        }
        id().ifPresent(value -> line.append("  id=").append(value));
        return line.toString();
    }
}
