// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A key of a map that is a number, and the same number in its type. */
final class StrictKey extends KeyDeserializer {
    private final KeyDeserializer lenient;
    private final Class<?> type;

    StrictKey(KeyDeserializer lenient, Class<?> type) {
        this.lenient = lenient;
        this.type = type;
    }

    @Override
    public @Nullable Object deserializeKey(String key, DeserializationContext context) throws IOException {
        Object value = lenient.deserializeKey(key, context);
        boolean isBent = value instanceof Byte small && small < 0 && !key.startsWith("-");
        return StrictNumber.isFinite(value) && !isBent
                ? value
                : context.handleWeirdKey(type, key, "not a number of its type");
    }
}
