// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.hubwire.protocol.Payload;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A body as the tokens that were read, checked and complete. */
final class JsonPayload implements Payload {
    private final TokenBuffer tokens;

    JsonPayload(TokenBuffer tokens) {
        this.tokens = tokens;
    }

    JsonParser parser() throws IOException {
        return tokens.asParserOnFirstToken();
    }

    @Override
    public boolean isPresent() {
        return true;
    }

    @Override
    public String text() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = tokens.getCodec().getFactory().createGenerator(text)) {
            tokens.serialize(json);
        } catch (IOException impossible) { // it was read from text and is written to memory
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
