// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.TypeToken;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** One message as a client received it; what it says never changes. Thread-safe. */
public final class ReceivedMessage {
    /** What a test has done with a message; it only moves on. */
    enum Reading {
        UNREAD(""),
        /** A test has looked at it, which consumes nothing. */
        SEEN("   (seen)"),
        /** Passed over, because the test ignores such pushes. */
        IGNORED("   (ignored)"),
        /** Passed over on the way to a later one. */
        SKIPPED("   (skipped)"),
        /** A test expected it, or it is a question that is answered. */
        READ("   (read)");

        final String note;

        Reading(String note) {
            this.note = note;
        }
    }

    private static final String CONTROL = "hub/";

    private final String text;
    private final JsonNode root;
    private final Duration at;
    private final Redactor redactor;

    /** 0 if it was not counted. */
    private final long number;

    @GuardedBy("this")
    private Reading reading = Reading.UNREAD;

    ReceivedMessage(String text, JsonNode root, Duration at, Redactor redactor) {
        this(text, root, at, redactor, 0);
    }

    private ReceivedMessage(String text, JsonNode root, Duration at, Redactor redactor, long number) {
        this.number = number;
        this.text = text;
        this.root = root;
        this.at = at;
        this.redactor = redactor;
    }

    /** The same, counted. */
    ReceivedMessage numbered(long position) {
        return new ReceivedMessage(text, root, at, redactor, position);
    }

    /** The message, byte for byte: in the classic profile a whole frame. */
    public String text() {
        return text;
    }

    /** Its number in its session; none in the classic profile, and none if it is not counted. */
    public OptionalLong number() {
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
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

    /** What its answer has to name, if it is a question to the client. */
    public Optional<String> ask() {
        return Optional.ofNullable(root.get("ask")).map(JsonNode::asText);
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

    /** Whether the hub sent it of its own accord: it is no error, no question, and no answer to a message with an id. */
    boolean isPush() {
        return code() == 0 && !root.has("id") && !isQuestion();
    }

    /** Whether the client is asked. */
    boolean isQuestion() {
        return root.has("ask");
    }

    /** Whether it is neither an answer nor an error, but the protocol's own. */
    boolean isControl() {
        return isOfProtocol() && isPush();
    }

    /** Whether it has a number, in the hubwire.v1 profile. */
    boolean isCounted() {
        return !isOfProtocol() && !root.path("volatile").asBoolean();
    }

    private boolean isOfProtocol() {
        return event().startsWith(CONTROL);
    }

    /** Whether it is an error that no message's id leads to. */
    boolean isErrorWithoutId() {
        return code() != 0 && !root.has("id");
    }

    /** The incident under which the hub logged a handler's failure. */
    Optional<String> incident() {
        return Optional.ofNullable(root.path("data").get("incident")).map(JsonNode::asText);
    }

    Optional<JsonNode> dataTree() {
        return Optional.of(root.path("data")).filter(data -> hasData());
    }

    synchronized Reading reading() {
        return reading;
    }

    /** Whether no expectation has passed it yet; whoever only looked changed nothing. */
    boolean isUnread() {
        return reading().compareTo(Reading.SEEN) <= 0;
    }

    synchronized void mark(Reading next) {
        reading = next.compareTo(reading) > 0 ? next : reading;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // callers pass the type that T stands for
    <T> T bound(Type type) {
        if (!hasData()) {
            throw new IllegalArgumentException("the message has no data: " + redactor.maskedFrame(text));
        }
        return (T) ClientJson.bind(root.get("data"), type, redactor);
    }

    /** As transcripts show it: name, code and text of an error, data, id; secrets are masked. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(event());
        if (code() != 0) {
            line.append(" code=").append(described());
        }
        dataTree()
                .ifPresent(data -> line.append(' ')
                        .append(Transcript.shorten(redactor.masked(data).toString())));
        id().ifPresent(value -> line.append("  id=").append(value));
        ask().ifPresent(value -> line.append("  ask=").append(value));
        number().ifPresent(value -> line.append("  #").append(value));
        return line.toString();
    }

    /** Its code, and an error's text. */
    String described() {
        return code()
                + errorMsg()
                        .map(message -> " \"" + redactor.masked(message) + "\"")
                        .orElse("");
    }
}
