// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame of the hubwire.v1 profile as a client takes it apart: envelopes as they stand in it. Immutable.
 *
 * @param first the number of the first counted envelope; 0 if none is counted
 */
record ClientFrame(long first, List<String> envelopes) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Takes a frame apart.
     *
     * @throws IllegalStateException if it is none of the protocol
     */
    static ClientFrame parse(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            return parse(parser, text);
        } catch (IOException e) {
            throw new IllegalStateException("the hub sent what is not JSON: " + text, e);
        }
    }

    private static ClientFrame parse(JsonParser parser, String text) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            return new ClientFrame(0, List.of(text));
        }
        long first = 0;
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            first = parser.getLongValue();
            require(first > 0, "begins with a number below 1", text);
            token = parser.nextToken();
        }
        List<String> envelopes = new ArrayList<>();
        for (; token == JsonToken.START_OBJECT; token = parser.nextToken()) {
            int begin = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            envelopes.add(text.substring(begin, (int) parser.currentLocation().getCharOffset()));
        }
        require(token == JsonToken.END_ARRAY, "has something else than envelopes", text);
        require(!envelopes.isEmpty(), "has no envelope", text);
        return new ClientFrame(first, List.copyOf(envelopes));
    }

    /**
     * A frame has a number if, and only if, something in it is counted.
     *
     * @throws IllegalStateException if that is not so
     */
    void requireNumberIf(boolean isCounting, String text) {
        require(isCounting == first > 0, "has a counted message without a number, or a number without one", text);
    }

    private static void require(boolean holds, String otherwise, String text) {
        if (!holds) {
            throw new IllegalStateException("the hub sent what is not a batch: it " + otherwise + ": " + text);
        }
    }
}
