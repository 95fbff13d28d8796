// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** A payload that Jackson has read. Thread-safe. */
record JsonBody(ObjectMapper mapper, JsonNode json) implements Incoming.Body {
    @Override
    public String text() {
        return json.isMissingNode() ? "" : json.toString();
    }

    @Override
    public @Nullable Object bind(Type type) {
        if (json.isMissingNode() || json.isNull() || type == Void.class) {
            return null;
        }
        try {
            return mapper.readerFor(mapper.constructType(type)).readValue(json);
        } catch (IOException misfit) {
            throw new IllegalArgumentException(
                    "a payload does not fit " + type.getTypeName() + ": " + misfit.getMessage(), misfit);
        }
    }

    @Override
    public Incoming.Body field(String name) {
        return new JsonBody(mapper, json.path(name));
    }

    @Override
    public String asText(String absent) {
        return json.isTextual() ? json.textValue() : absent;
    }

    @Override
    public long asLong(long absent) {
        return json.isIntegralNumber() ? json.longValue() : absent;
    }
}
