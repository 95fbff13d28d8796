// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.time.Year;
import java.util.OptionalDouble;
import java.util.Set;

/** Makes Jackson read numbers and times as strictly as the rest: some of what it lets through there is no matter of a setting. */
final class StrictScalars extends SimpleModule {
    private static final long serialVersionUID = 1L;

    StrictScalars() {
        super("hubwire-strict-scalars");
        setDeserializerModifier(new Modifier());
    }

    private static final class Modifier extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;
        private static final Set<Class<?>> BENT_IN_ARRAYS = Set.of(double.class, float.class, byte.class);

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription description, JsonDeserializer<?> lenient) {
            Class<?> type = description.getBeanClass();
            LogicalType kind = lenient.logicalType();
            if (kind == LogicalType.Integer || kind == LogicalType.Float) {
                return new StrictNumber(lenient);
            }
            boolean isTime =
                    kind == LogicalType.DateTime || type.getPackageName().equals("java.time");
            return isTime && !type.isEnum() && type != Year.class ? new StrictTime(lenient) : lenient;
        }

        @Override
        public JsonDeserializer<?> modifyArrayDeserializer(
                DeserializationConfig config,
                ArrayType type,
                BeanDescription description,
                JsonDeserializer<?> lenient) {
            Class<?> element = type.getContentType().getRawClass();
            return BENT_IN_ARRAYS.contains(element) ? new StrictArray(lenient, element) : lenient;
        }

        @Override
        public JsonDeserializer<?> modifyReferenceDeserializer(
                DeserializationConfig config,
                ReferenceType type,
                BeanDescription description,
                JsonDeserializer<?> lenient) {
            return type.hasRawClass(OptionalDouble.class) ? new StrictNumber(lenient) : lenient;
        }

        @Override
        public KeyDeserializer modifyKeyDeserializer(
                DeserializationConfig config, JavaType type, KeyDeserializer lenient) {
            return Number.class.isAssignableFrom(type.getRawClass())
                    ? new StrictKey(lenient, type.getRawClass())
                    : lenient;
        }
    }
}
