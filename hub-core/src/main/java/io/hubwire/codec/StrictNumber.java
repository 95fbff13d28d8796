// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A number that was a number in the text, and is the same number in its type. */
final class StrictNumber extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    StrictNumber(JsonDeserializer<?> lenient) {
        super(lenient);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> contextual) {
        return new StrictNumber(contextual);
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (json.hasToken(JsonToken.VALUE_STRING)) {
            return context.reportInputMismatch(this, "text, and not a number");
        }
        boolean isInteger = json.hasToken(JsonToken.VALUE_NUMBER_INT);
        boolean fitsByte = isInteger && json.getNumberType() == JsonParser.NumberType.INT && isByte(json.getIntValue());
        Object value = super.deserialize(json, context);
        if (!isFinite(value) || (value instanceof Byte && isInteger && !fitsByte)) {
            return context.reportInputMismatch(this, "a number that is too large for its type");
        }
        return value;
    }

    static boolean isFinite(@Nullable Object value) {
        if (value instanceof OptionalDouble optional) {
            return Double.isFinite(optional.orElse(0));
        }
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(((Number) value).doubleValue());
    }

    private static boolean isByte(int value) {
        return value == (byte) value;
    }
}
