// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds where JSON differs from what was expected, path by path. For one comparison. */
final class JsonDifference {
    private static final int MOST_SHOWN = 10;

    private final boolean isExact;
    private final Redactor redactor;
    private final List<String> differences = new ArrayList<>();

    private JsonDifference(boolean isExact, Redactor redactor) {
        this.isExact = isExact;
        this.redactor = redactor;
    }

    /** Keys that are not expected may be there; an expected null may be missing. */
    static List<String> ofSubset(JsonNode expected, JsonNode actual, Redactor redactor) {
        return new JsonDifference(false, redactor).compared(expected, actual);
    }

    /** Nothing else may be there; the order of keys does not matter. */
    static List<String> ofAll(JsonNode expected, JsonNode actual, Redactor redactor) {
        return new JsonDifference(true, redactor).compared(expected, actual);
    }

    private List<String> compared(JsonNode expected, JsonNode actual) {
        compare("data", expected, actual);
        int more = differences.size() - MOST_SHOWN;
        List<String> shown = new ArrayList<>(differences.subList(0, Math.min(MOST_SHOWN, differences.size())));
        if (more > 0) {
            shown.add("… and " + more + " more");
        }
        return List.copyOf(shown);
    }

    private void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            compareObjects(path, expected, actual);
        } else if (expected.isArray() && actual.isArray()) {
            compareArrays(path, expected, actual);
        } else if (!isSame(expected, actual)) {
            differences.add(path + ": expected " + shown(expected) + " but was " + shown(actual));
        }
    }

    private void compareObjects(String path, JsonNode expected, JsonNode actual) {
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            compareField(path + "." + field.getKey(), field.getKey(), field.getValue(), actual);
        }
        if (isExact) {
            TreeSet<String> extra = new TreeSet<>();
            actual.fieldNames().forEachRemaining(extra::add);
            expected.fieldNames().forEachRemaining(extra::remove);
            extra.forEach(key -> differences.add(path + "." + key + ": expected no such key but was "
                    + (redactor.masks(key) ? "there" : shown(actual.get(key)))));
        }
    }

    private void compareField(String path, String key, JsonNode expected, JsonNode object) {
        if (redactor.masks(key)) {
            if (!isSame(expected, object.path(key))) {
                differences.add(path + " is not what was expected, and masked");
            }
        } else if (object.has(key)) {
            compare(path, expected, object.get(key));
        } else if (isExact || !expected.isNull()) {
            differences.add(path + ": expected " + shown(expected) + " but the key is missing");
        }
    }

    private void compareArrays(String path, JsonNode expected, JsonNode actual) {
        if (expected.size() != actual.size()) {
            differences.add(path + ": expected " + expected.size() + " elements but there are " + actual.size() + ": "
                    + shown(actual));
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            compare(path + "[" + i + "]", expected.get(i), actual.get(i));
        }
    }

    /** JSON has one kind of number. */
    private static boolean isSame(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual);
    }

    private String shown(JsonNode value) {
        return value.isMissingNode()
                ? "nothing"
                : Transcript.shorten(redactor.masked(value).toString());
    }
}
