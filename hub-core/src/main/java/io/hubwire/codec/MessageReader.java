// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.MalformedMessageException;
import io.hubwire.spi.MessageCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the envelopes of one text: one, or an array of them. Thread-safe. */
final class MessageReader {
    private final JsonFactory factory;
    private final ObjectMapper mapper;

    MessageReader(JsonFactory factory, ObjectMapper mapper) {
        this.factory = factory;
        this.mapper = mapper;
    }

    Envelope.FromClient readOne(String text) {
        EnvelopeReader reader = new EnvelopeReader(mapper, false);
        parse(text, json -> {
            json.nextToken();
            reader.read(json);
        });
        return reader.envelope();
    }

    /** Everything is read before anything is passed on. */
    void readBatch(String text, MessageCodec.Batch batch) {
        List<EnvelopeReader> readers = new ArrayList<>(1);
        parse(text, json -> {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    readers.add(readOne(json));
                }
            } else {
                readers.add(readOne(json));
            }
        });
        if (readers.isEmpty()) {
            throw EnvelopeReader.malformed("an empty array");
        }
        readers.forEach(reader -> pass(reader, batch));
    }

    private EnvelopeReader readOne(JsonParser json) throws IOException {
        EnvelopeReader reader = new EnvelopeReader(mapper, true);
        reader.read(json);
        return reader;
    }

    private static void pass(EnvelopeReader reader, MessageCodec.Batch batch) {
        Envelope.FromClient message;
        try {
            message = reader.envelope();
        } catch (MalformedMessageException fault) {
            batch.malformed(fault);
            return;
        }
        batch.message(message);
    }

    private interface Document {
        void read(JsonParser json) throws IOException;
    }

    private void parse(String text, Document document) {
        try (JsonParser json = factory.createParser(text)) {
            document.read(json);
            if (json.nextToken() != null) {
                throw EnvelopeReader.malformed("text behind the message");
            }
        } catch (IOException | NumberFormatException malformed) { // the latter for an exponent beyond all bounds
            throw new MalformedMessageException(ErrorCode.MALFORMED, "not JSON within the limits", malformed);
        }
    }
}
