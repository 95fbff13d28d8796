// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.Frame;
import io.hubwire.spi.InvalidPayloadException;
import io.hubwire.spi.MessageCodec;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes as JSON text, read strictly: depth at most 32, numbers of at most 64 digits that a double can come near to, names at most
 * 128 characters, at most 10,000 tokens; no duplicate keys, nothing behind the end, no lone surrogates.
 *
 * <p>Payloads are bound strictly as well: no text for a number and no number for text, a time or a constant, no fraction for an integer,
 * no number that its type cannot hold, no empty text for anything but text, no null for a primitive. Unknown fields are ignored. Times
 * and durations are ISO 8601, unless {@code @JsonFormat} asks for a number. An {@code Optional} is empty where the field is absent or
 * null. What is written must be JSON as well: data with a number that is not finite is refused. Thread-safe.
 */
public final class JacksonCodec implements MessageCodec {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_NAME_LENGTH = 128;
    private static final int MAX_STRING_LENGTH = 16 << 20;
    private static final long MAX_TOKENS = 10_000;

    /** What strangers send is read by this one, whatever the mapper lets through. */
    private final MessageReader reader;

    private final ObjectMapper mapper;
    private final ObjectWriter writer;
    private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

    private JacksonCodec(ObjectMapper mapper) {
        this.mapper = mapper;
        this.reader = new MessageReader(strictFactory(), mapper);
        this.writer = mapper.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);
    }

    /** A codec with the settings described above. */
    public static JacksonCodec strict() {
        JsonMapper mapper = JsonMapper.builder(finiteFactory())
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .addModule(new StrictScalars())
                .withCoercionConfigDefaults(any -> any.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(LogicalType.Textual, JacksonCodec::refuseScalars)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .build();
        return new JacksonCodec(mapper);
    }

    /**
     * A codec that reads and writes payloads as a mapper of the application does. The mapper is copied; the limits on what
     * strangers send hold all the same. A number that is not finite is written as text, since JSON has no other way.
     */
    public static JacksonCodec using(ObjectMapper mapper) {
        ObjectMapper copy = mapper.copy();
        copy.getFactory().enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS.mappedFeature());
        return new JacksonCodec(copy);
    }

    /** Buffers hang on no thread: a container's threads outlive the application, and a virtual thread lives for one handler. */
    private static JsonFactory finiteFactory() {
        return new JsonFactoryBuilder()
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .addDecorator((factory, generator) -> new FiniteNumbers(generator))
                .build();
    }

    private static void refuseScalars(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    private static JsonFactory strictFactory() {
        JsonFactory factory = new JsonFactoryBuilder()
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .maxNameLength(MAX_NAME_LENGTH)
                        .maxStringLength(MAX_STRING_LENGTH)
                        .maxTokenCount(MAX_TOKENS)
                        .build())
                .build();
        factory.configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true);
        return factory;
    }

    @Override
    public Envelope.FromClient decode(String text) {
        return reader.readOne(text);
    }

    @Override
    public void decode(String text, Batch batch) {
        reader.readBatch(text, batch);
    }

    @Override
    public @Nullable Object bind(Payload payload, Type type) {
        if (!(payload instanceof JsonPayload json)) {
            return null; // there is none
        }
        try {
            return readers.computeIfAbsent(type, this::readerFor).readValue(json.parser());
        } catch (InvalidDefinitionException unusable) {
            throw new IllegalArgumentException(
                    "payloads cannot be bound to " + type.getTypeName() + ": " + unusable.getOriginalMessage(),
                    unusable);
        } catch (JsonMappingException misfit) {
            throw new InvalidPayloadException(pathOf(misfit), misfit.getOriginalMessage(), misfit);
        } catch (IOException
                | DateTimeException
                | ArithmeticException unreadable) { // the latter two of times out of range
            throw new InvalidPayloadException("", String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private ObjectReader readerFor(Type type) {
        return mapper.readerFor(mapper.constructType(type));
    }

    private static String pathOf(JsonMappingException misfit) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : misfit.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    @Override
    public Frame encode(Envelope.FromHub message) {
        JsonFactory factory = mapper.getFactory();
        BufferRecycler buffers = factory._getBufferRecycler();
        try (SegmentedStringWriter text = new SegmentedStringWriter(buffers);
                JsonGenerator json = factory.createGenerator(text)) {
            write(message, json);
            json.flush();
            return Frame.of(text.getAndClear());
        } catch (IOException | RuntimeException failure) {
            throw new IllegalArgumentException(
                    "the data of event '" + message.event() + "' cannot be written as JSON: " + failure.getMessage(),
                    failure);
        } finally {
            buffers.releaseToPool();
        }
    }

    /** The order of the fields is part of the protocol. */
    private void write(Envelope.FromHub message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("event", message.event());
        if (message.data() != null) {
            json.writeFieldName("data");
            writer.writeValue(json, message.data());
        }
        json.writeNumberField("code", message.code());
        if (message.errorMsg() != null) {
            json.writeStringField("errorMsg", message.errorMsg());
        }
        json.writeNumberField("timestamp", message.timestamp());
        if (message.id() != null) {
            json.writeStringField("id", message.id());
        }
        if (message.ask() != null) {
            json.writeStringField("ask", message.ask());
        }
        if (message.isVolatile()) {
            json.writeBooleanField("volatile", true);
        }
        json.writeEndObject();
    }
}
