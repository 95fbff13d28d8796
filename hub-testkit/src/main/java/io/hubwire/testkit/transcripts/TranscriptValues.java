// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands in place of values in a golden transcript, and what was captured so far. For one thread. */
final class TranscriptValues {
    private static final String MORE = "$more";

    private final Map<String, String> captured = new HashMap<>();
    private int invented;

    TranscriptValues() {}

    TranscriptValues copy() {
        TranscriptValues copy = new TranscriptValues();
        copy.captured.putAll(captured);
        copy.invented = invented;
        return copy;
    }

    /** What is to be sent. */
    JsonNode filledIn(JsonNode written) {
        if (written.has("$capture")) {
            return captured(written.get("$capture").asText(), "invented-value-" + ++invented);
        } else if (written.has("$use")) {
            return TextNode.valueOf(captured.get(written.get("$use").asText()));
        } else if (written.has("$any")) {
            return written.get("value");
        } else if (written instanceof ObjectNode object) {
            ObjectNode filled = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> filled.set(field.getKey(), filledIn(field.getValue())));
            return filled;
        } else if (written instanceof ArrayNode array) {
            ArrayNode filled = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> filled.add(filledIn(element)));
            return filled;
        }
        return written;
    }

    private JsonNode captured(String name, String value) {
        captured.put(name, value);
        return TextNode.valueOf(value);
    }

    /** Where what was received differs from what is written, if it does. */
    Optional<String> difference(String where, JsonNode written, JsonNode found) {
        if (written.has("$capture")) {
            captured.put(written.get("$capture").asText(), found.asText());
            return unless(found.isTextual() && !found.asText().isEmpty(), where, written, found);
        } else if (written.has("$use")) {
            String expected = captured.getOrDefault(written.get("$use").asText(), "");
            return unless(found.asText().equals(expected), where, TextNode.valueOf(expected), found);
        } else if (written.has("$any")) {
            boolean isText = written.get("$any").asText().equals("string");
            return unless(isText ? found.isTextual() : found.isIntegralNumber(), where, written, found);
        } else if (written.isObject() && found.isObject()) {
            return differenceOfObjects(where, written, found);
        } else if (written.isArray() && found.isArray() && written.size() == found.size()) {
            return differenceOfArrays(where, written, found);
        }
        return unless(written.equals(found), where, written, found);
    }

    private Optional<String> differenceOfObjects(String where, JsonNode written, JsonNode found) {
        for (Map.Entry<String, JsonNode> field : written.properties()) {
            String name = where + "." + field.getKey();
            Optional<String> difference = field.getKey().equals(MORE)
                    ? Optional.empty()
                    : difference(name, field.getValue(), found.path(field.getKey()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        for (Iterator<String> names = found.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!written.has(name) && !written.path(MORE).asBoolean()) {
                return Optional.of(where + "." + name + " should not be there");
            }
        }
        return Optional.empty();
    }

    private Optional<String> differenceOfArrays(String where, JsonNode written, JsonNode found) {
        for (int i = 0; i < written.size(); i++) {
            Optional<String> difference = difference(where + "[" + i + "]", written.get(i), found.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unless(boolean holds, String where, JsonNode written, JsonNode found) {
        return holds ? Optional.empty() : Optional.of(where + " should be " + written + " and is " + found);
    }

    /** Whether a raw text is as written. */
    static boolean isSame(String written, String found) {
        String pattern = Pattern.quote(written).replace("$timestamp", "\\E\\d+\\Q");
        return found.matches(pattern);
    }
}
