// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The body of a call, read field by field. Every method fails with a 400 that names the field. Immutable. */
public final class JsonBody {
    private static final int MAX_TEXT = 1024;

    private final String prefix;
    private final JsonNode object;

    private JsonBody(String prefix, JsonNode object) {
        this.prefix = prefix;
        this.object = object;
    }

    /**
     * The body of a call.
     *
     * @throws HttpException 400 if it is not a JSON object
     */
    public static JsonBody of(HttpCall call) {
        JsonNode root = Json.read(call.body());
        if (!root.isObject()) {
            throw HttpException.badRequest("the body is not a JSON object");
        }
        return new JsonBody("", root);
    }

    /** A field that is text, 1–1,024 characters. */
    public String text(String field) {
        return optionalText(field).orElseThrow(() -> bad(field, "is missing"));
    }

    /** The same; may be left out. */
    public Optional<String> optionalText(String field) {
        return optional(field).map(value -> {
            if (!value.isTextual()
                    || value.textValue().isEmpty()
                    || value.textValue().length() > MAX_TEXT) {
                throw bad(field, "is not text of 1-" + MAX_TEXT + " characters");
            }
            return value.textValue();
        });
    }

    /** A field that is a whole number, or text that reads as one. */
    public long number(String field) {
        JsonNode value = optional(field).orElseThrow(() -> bad(field, "is missing"));
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        try {
            return Long.parseLong(value.isTextual() ? value.textValue() : "");
        } catch (NumberFormatException e) {
            throw bad(field, "is not a whole number");
        }
    }

    /** The same, within these. */
    public int number(String field, int min, int max) {
        long value = number(field);
        if (value < min || value > max) {
            throw bad(field, "is not within " + min + "-" + max);
        }
        return (int) value;
    }

    /** A field that is an object. */
    public JsonBody object(String field) {
        JsonNode value = optional(field).orElseThrow(() -> bad(field, "is missing"));
        if (!value.isObject()) {
            throw bad(field, "is not an object");
        }
        return new JsonBody(prefix + field + ".", value);
    }

    /** A field of any kind; JSON's null counts as absent. */
    public Optional<JsonNode> optional(String field) {
        return Optional.ofNullable(object.get(field)).filter(value -> !value.isNull());
    }

    private HttpException bad(String field, String what) {
        return HttpException.badRequest(prefix + field + " " + what);
    }
}
