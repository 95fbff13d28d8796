// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.hubwire.EventType;
import io.hubwire.TypeToken;
import io.hubwire.protocol.ErrorCode;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactory;
import org.assertj.core.api.ObjectAssert;

/** Assertions about a message that was expected, and has come: its code and its data. For the test's thread. */
public final class MessageAssert extends AbstractAssert<MessageAssert, ReceivedMessage> {
    private final TestClient client;
    private final String name;

    MessageAssert(TestClient client, String name, ReceivedMessage message) {
        super(message, MessageAssert.class);
        this.client = client;
        this.name = name;
    }

    /** The message. */
    public ReceivedMessage message() {
        return actual;
    }

    // --- success and errors

    /** It is no error. */
    public MessageAssert isOk() {
        return hasCode(0, "code 0");
    }

    /** It has this code; 0 is success. */
    public MessageAssert hasCode(int code) {
        return hasCode(code, "code " + code);
    }

    /** It is this error. */
    public MessageAssert failedWith(ErrorCode code) {
        return hasCode(code.number(), "error " + code);
    }

    /** Its error's text is this. */
    public MessageAssert hasErrorMsg(String text) {
        String found = actual.errorMsg().orElse("");
        if (!found.equals(text)) {
            throw failure(new Expectation(
                            "the text \"" + text + "\" in " + name,
                            actual.errorMsg().isPresent() ? "it is \"" + found + "\"" : "it is no error")
                    .comparing(text, found));
        }
        return this;
    }

    // --- data

    /**
     * Its data has all of this JSON: keys that are not named may be there, arrays have as many elements as here.
     *
     * @throws IllegalArgumentException if that is no JSON
     */
    public MessageAssert hasData(String json) {
        return hasSubset(parsed(json));
    }

    /** Its data has all that this value is written as. */
    public MessageAssert hasData(Object value) {
        return hasSubset(ClientJson.tree(value));
    }

    /**
     * Its data is this JSON and nothing else; the order of keys does not matter.
     *
     * @throws IllegalArgumentException if that is no JSON
     */
    public MessageAssert hasExactData(String json) {
        return isExactly(parsed(json));
    }

    /** Its data is what this value is written as and nothing else. */
    public MessageAssert hasExactData(Object value) {
        return isExactly(ClientJson.tree(value));
    }

    /** It has no data. */
    public MessageAssert hasNoData() {
        actual.dataTree().ifPresent(data -> {
            throw failure(new Expectation("no data in " + name, "it is " + shown(data)));
        });
        return this;
    }

    /** Goes on with its data, as AssertJ does with any object. */
    public <T> ObjectAssert<T> dataAs(Class<T> type) {
        return objectOf(type);
    }

    /** Goes on with its data as that event's payload. */
    public <T> ObjectAssert<T> dataAs(EventType<T> type) {
        return objectOf(type.payloadType());
    }

    /** Goes on with its data as a value of a generic type. */
    public <T> ObjectAssert<T> dataAs(TypeToken<T> type) {
        return objectOf(type.type());
    }

    /** Goes on with its data in AssertJ's own words for its kind: {@code dataAs(String.class, STRING)}. */
    public <A extends AbstractAssert<?, ?>> A dataAs(Class<?> type, InstanceOfAssertFactory<?, A> kind) {
        return objectOf(type).asInstanceOf(kind);
    }

    /** The same for a generic type: {@code dataAs(new TypeToken<List<Bid>>() {}, list(Bid.class))}. */
    public <A extends AbstractAssert<?, ?>> A dataAs(TypeToken<?> type, InstanceOfAssertFactory<?, A> kind) {
        return objectOf(type.type()).asInstanceOf(kind);
    }

    private MessageAssert hasCode(int code, String expected) {
        if (actual.code() != code) {
            throw failure(new Expectation(expected + " in " + name, "it is " + actual.described())
                    .withHint(client.unknownEvent(actual))
                    .comparing(code, actual.code()));
        }
        return this;
    }

    private MessageAssert hasSubset(JsonNode expected) {
        return differs(expected, JsonDifference.ofSubset(expected, data(), redactor()));
    }

    private MessageAssert isExactly(JsonNode expected) {
        return differs(expected, JsonDifference.ofAll(expected, data(), redactor()));
    }

    private MessageAssert differs(JsonNode expected, List<String> differences) {
        if (!differences.isEmpty()) {
            throw failure(
                    Expectation.unexpected("data in " + name, differences).comparing(pretty(expected), pretty(data())));
        }
        return this;
    }

    private <T> ObjectAssert<T> objectOf(Type type) {
        try {
            return Assertions.assertThat(actual.<T>bound(type))
                    .withRepresentation(new MaskedRepresentation(redactor()))
                    .as("data of %s", name);
        } catch (IllegalArgumentException e) {
            throw failure(new Expectation(
                    "the data of " + name + " to be a " + type.getTypeName(), String.valueOf(e.getMessage())));
        }
    }

    private JsonNode data() {
        return actual.dataTree().orElse(MissingNode.getInstance());
    }

    private String pretty(JsonNode json) {
        return json.isMissingNode() ? "no data" : redactor().masked(json).toPrettyString();
    }

    private String shown(JsonNode json) {
        return Transcript.shorten(redactor().masked(json).toString());
    }

    private static JsonNode parsed(String json) {
        Optional<JsonNode> tree = ClientJson.parsed(json);
        return tree.orElseThrow(() -> new IllegalArgumentException(
                "what is expected is no JSON: " + json + " (text is JSON in its own quotes)"));
    }

    private Redactor redactor() {
        return client.testHub().redactor();
    }

    private AssertionError failure(Expectation expectation) {
        return FailureReport.of(client)
                .failure(expectation.pointingAt(actual, "here").describedAs(descriptionText()));
    }
}
