// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A time, a date or a duration in the form that is agreed: ISO 8601, unless the application has annotated another one. */
final class StrictTime extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private enum Form {
        ISO,
        PATTERN,
        NUMBER
    }

    private final Form form;

    StrictTime(JsonDeserializer<?> lenient) {
        this(lenient, Form.ISO);
    }

    private StrictTime(JsonDeserializer<?> lenient, Form form) {
        super(lenient);
        this.form = form;
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> contextual) {
        return new StrictTime(contextual, form);
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
            throws JsonMappingException {
        JsonDeserializer<?> strict = super.createContextual(context, property);
        return property == null
                ? strict
                : new StrictTime(
                        strict.getDelegatee(), formOf(property.findPropertyFormat(context.getConfig(), handledType())));
    }

    private static Form formOf(JsonFormat.Value format) {
        if (format.getShape().isNumeric()) {
            return Form.NUMBER;
        }
        return format.hasPattern() ? Form.PATTERN : Form.ISO;
    }

    @Override
    public @Nullable Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!mayBeTime(json)) {
            return context.reportInputMismatch(this, "not a time or a duration of the form %s", form);
        }
        try {
            return super.deserialize(json, context);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return context.reportInputMismatch(this, "out of range: %s", outOfRange.getMessage());
        }
    }

    private boolean mayBeTime(JsonParser json) throws IOException {
        if (form == Form.NUMBER) {
            boolean isNumber = json.currentToken().isNumeric();
            return isNumber && Math.abs(json.getDoubleValue()) <= Instant.MAX.getEpochSecond();
        }
        return json.hasToken(JsonToken.VALUE_STRING)
                && !json.getText().isBlank()
                && (form == Form.PATTERN || !isNumber(json.getText().trim()));
    }

    private static boolean isNumber(String text) {
        String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        return unsigned.chars().allMatch(each -> each == '.' || (each >= '0' && each <= '9'));
    }
}
