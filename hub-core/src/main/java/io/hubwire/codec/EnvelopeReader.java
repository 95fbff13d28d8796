// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Names;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.Frame;
import io.hubwire.spi.MalformedMessageException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one envelope, token by token. For one message. */
final class EnvelopeReader {
    private static final int MAX_SCALE = 400;

    private final ObjectMapper mapper;

    /** Whether the profile knows questions of the hub's; otherwise these fields mean nothing. */
    private final boolean mayAnswer;

    private @Nullable String event;
    private @Nullable String id;
    private @Nullable String ask;
    private @Nullable String errorMsg;
    private int code;
    private Payload payload = Payload.NONE;

    /** What is wrong with a well-formed message; the first fault counts. */
    private @Nullable String fault;

    EnvelopeReader(ObjectMapper mapper, boolean mayAnswer) {
        this.mapper = mapper;
        this.mayAnswer = mayAnswer;
    }

    /** Reads the object that the parser has just entered, to its last token. */
    void read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw malformed("a message that is not an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            check(json);
            String name = json.currentName();
            json.nextToken();
            readField(name, json);
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw malformed("the message ends early");
        }
    }

    /**
     * What was read.
     *
     * @throws MalformedMessageException if that is not an envelope
     */
    Envelope.FromClient envelope() {
        if (event == null || !Names.isValid(event)) {
            fault = "no event, or a bad name";
        }
        if (event == null || fault != null) {
            throw new MalformedMessageException(ErrorCode.INVALID_ENVELOPE, String.valueOf(fault), null);
        }
        Optional<Envelope.Answer> answer = Optional.ofNullable(ask)
                .map(question -> new Envelope.Answer(question, code, Optional.ofNullable(errorMsg)));
        return new Envelope.FromClient(event, payload, Optional.ofNullable(id), answer);
    }

    private void readField(String name, JsonParser json) throws IOException {
        switch (name) {
            case "event" -> event = readString(json, "event");
            case "id" -> id = readId(json, "id");
            case "data" -> payload = readPayload(json);
            default -> {
                if (!mayAnswer || !readAnswer(name, json)) {
                    walk(json, null);
                }
            }
        }
    }

    private boolean readAnswer(String name, JsonParser json) throws IOException {
        switch (name) {
            case "ask" -> ask = readId(json, "ask");
            case "code" -> code = readCode(json);
            case "errorMsg" -> errorMsg = readText(json);
            default -> {
                return false;
            }
        }
        return true;
    }

    private @Nullable String readId(JsonParser json, String name) throws IOException {
        String value = readString(json, name);
        if (value == null || value.isEmpty() || value.length() > Envelope.FromClient.MAX_ID_LENGTH) {
            fault = "an " + name + " that is not a string of 1-" + Envelope.FromClient.MAX_ID_LENGTH;
        }
        return value;
    }

    /** Only on an answer to a question; elsewhere it means nothing, whatever it is. */
    private int readCode(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.INT) {
            return json.getIntValue();
        }
        walk(json, null);
        return ErrorCode.HANDLER_FAILED.number();
    }

    private @Nullable String readText(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            check(json);
            return json.getText();
        }
        walk(json, null);
        return null;
    }

    private @Nullable String readString(JsonParser json, String name) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            check(json);
            return json.getText();
        }
        fault = name + " is not a string";
        walk(json, null);
        return null;
    }

    private Payload readPayload(JsonParser json) throws IOException {
        TokenBuffer tokens = new TokenBuffer(mapper, false);
        walk(json, tokens);
        return new JsonPayload(tokens);
    }

    /** Goes over one value to its last token, checks every token, and keeps them if {@code copy} is given. */
    private static void walk(JsonParser json, @Nullable TokenBuffer copy) throws IOException {
        int depth = 0;
        do {
            JsonToken token = json.currentToken();
            if (token == null) {
                throw malformed("the message ends early");
            }
            if (copy != null) {
                copy.copyCurrentEvent(json); // before a check makes a double of a number, and digits are lost
            }
            check(json);
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > 0) {
                json.nextToken();
            }
        } while (depth > 0);
    }

    /**
     * What the parser lets through and the protocol does not: numbers that are not finite, or so small that one addition would fill the
     * memory with their zeros, and text that is not Unicode.
     */
    private static void check(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT
                && (!Double.isFinite(json.getDoubleValue())
                        || json.getDecimalValue().scale() > MAX_SCALE)) {
            throw malformed("a number that is not finite, or too small");
        }
        if ((token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) && !Frame.isWellFormed(json.getText())) {
            throw malformed("a lone surrogate");
        }
    }

    static MalformedMessageException malformed(String detail) {
        return new MalformedMessageException(ErrorCode.MALFORMED, detail, null);
    }
}
