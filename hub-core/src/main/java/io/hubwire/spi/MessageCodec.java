// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.Payload;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Turns text into envelopes and back. Thread-safe. */
public interface MessageCodec {
    /**
     * Reads one message of a client, strictly.
     *
     * @throws MalformedMessageException if it is not exactly one well-formed envelope
     */
    Envelope.FromClient decode(String text);

    /** Is given the messages of a batch, in order. */
    interface Batch {
        /** One message. */
        void message(Envelope.FromClient message);

        /** Something in a message's place that is none. */
        void malformed(MalformedMessageException fault);
    }

    /**
     * Reads what a client of the {@code hubwire.v1} profile sends, strictly: one message or an array of at least one.
     *
     * @throws MalformedMessageException if the text as a whole is not that; then {@code batch} has been given nothing
     */
    void decode(String text, Batch batch);

    /**
     * Makes a value of a body.
     *
     * @return null if the body is absent or says so
     * @throws InvalidPayloadException if the body does not fit the type
     */
    @Nullable
    Object bind(Payload payload, Type type);

    /**
     * Writes one message of the hub.
     *
     * @throws IllegalArgumentException if its data cannot be written
     */
    Frame encode(Envelope.FromHub message);
}
