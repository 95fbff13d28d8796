// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of primitives, each of them read as strictly as one that stands alone. */
final class StrictArray extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final Class<?> element;

    StrictArray(JsonDeserializer<?> lenient, Class<?> element) {
        super(lenient);
        this.element = element;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> contextual) {
        return new StrictArray(contextual, element);
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            return super.deserialize(json, context); // text stands for bytes
        }
        JsonDeserializer<Object> strict = context.findNonContextualValueDeserializer(context.constructType(element));
        List<Object> values = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(read(strict, json, context, values.size()));
        }
        Object array = Array.newInstance(element, values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    private static Object read(
            JsonDeserializer<Object> strict, JsonParser json, DeserializationContext context, int index)
            throws IOException {
        try {
            return json.hasToken(JsonToken.VALUE_NULL)
                    ? strict.getNullValue(context)
                    : strict.deserialize(json, context);
        } catch (IOException misfit) {
            throw JsonMappingException.wrapWithPath(misfit, new JsonMappingException.Reference(null, index));
        }
    }
}
