// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/** The placeholders of a transcript: what stands for them when a value is sent, and what fits when one is expected. */
final class TranscriptValues {
    private final Map<String, String> captured = new HashMap<>();
    private final LongSupplier epochSeconds;

    TranscriptValues(LongSupplier epochSeconds) {
        this.epochSeconds = epochSeconds;
    }

    /** A value to send. */
    JsonNode filled(JsonNode pattern) {
        if (pattern.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            pattern.forEach(element -> array.add(filled(element)));
            return array;
        }
        if (!pattern.isObject()) {
            return pattern;
        }
        if (pattern.has("$capture")) {
            String name = pattern.get("$capture").asText();
            captured.put(name, "secret-of-22-chars-" + name + captured.size());
            return TextNode.valueOf(captured.get(name));
        }
        if (pattern.has("$use")) {
            return TextNode.valueOf(used(pattern));
        }
        if (pattern.has("$any")) {
            return pattern.has("value") ? pattern.get("value") : LongNode.valueOf(epochSeconds.getAsLong());
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        pattern.fields().forEachRemaining(field -> object.set(field.getKey(), filled(field.getValue())));
        object.remove("$more");
        return object;
    }

    /** Whether a value is what was expected. */
    boolean fits(JsonNode pattern, JsonNode actual) {
        if (pattern.has("$capture")) {
            captured.put(pattern.get("$capture").asText(), actual.asText());
            return actual.isTextual() && !actual.asText().isEmpty();
        }
        if (pattern.has("$use")) {
            return actual.isTextual() && actual.asText().equals(used(pattern));
        }
        if (pattern.has("$any")) {
            return pattern.get("$any").asText().equals("string") ? actual.isTextual() : actual.isIntegralNumber();
        }
        if (pattern.isObject()) {
            return actual.isObject() && objectFits(pattern, actual);
        }
        return pattern.isArray() ? actual.isArray() && arrayFits(pattern, actual) : same(pattern, actual);
    }

    private String used(JsonNode pattern) {
        String name = pattern.get("$use").asText();
        if (!captured.containsKey(name)) {
            throw new AssertionError("nothing was captured as " + name);
        }
        return captured.get(name);
    }

    private boolean objectFits(JsonNode pattern, JsonNode actual) {
        boolean mayHaveMore = pattern.path("$more").asBoolean();
        Iterator<String> names = actual.fieldNames();
        while (names.hasNext()) {
            if (!pattern.has(names.next()) && !mayHaveMore) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> field : pattern.properties()) {
            boolean isValue = !field.getKey().equals("$more");
            if (isValue && !(actual.has(field.getKey()) && fits(field.getValue(), actual.get(field.getKey())))) {
                return false;
            }
        }
        return true;
    }

    private boolean arrayFits(JsonNode pattern, JsonNode actual) {
        boolean isFit = pattern.size() == actual.size();
        for (int i = 0; isFit && i < pattern.size(); i++) {
            isFit = fits(pattern.get(i), actual.get(i));
        }
        return isFit;
    }

    /** An int and a long of the same value are the same number. */
    private static boolean same(JsonNode pattern, JsonNode actual) {
        return pattern.isIntegralNumber() && actual.isIntegralNumber()
                ? pattern.longValue() == actual.longValue()
                : pattern.equals(actual);
    }
}
