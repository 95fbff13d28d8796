// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import io.hubwire.codec.JacksonCodec;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.Frame;
import io.hubwire.spi.MessageCodec;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers with blanks behind them, which mean nothing in JSON: so long that those are not kept for a repeated id whose data is
 * longer than a transcript wants. A hub's own limit cannot be set. Thread-safe.
 */
final class LongAnswers implements MessageCodec {
    /** A hub keeps an answer of so many bytes, and no longer one. */
    private static final int LONGEST_KEPT = 8 << 10;

    private final MessageCodec codec = JacksonCodec.strict();
    private final int keptBytes;

    LongAnswers(int keptBytes) {
        this.keptBytes = keptBytes;
    }

    @Override
    public Frame encode(Envelope.FromHub message) {
        Frame frame = codec.encode(message);
        boolean isLong = message.data() != null && message.data().toString().length() > keptBytes;
        return message.id() != null && isLong ? Frame.of(frame.text() + " ".repeat(LONGEST_KEPT)) : frame;
    }

    @Override
    public Envelope.FromClient decode(String text) {
        return codec.decode(text);
    }

    @Override
    public void decode(String text, Batch batch) {
        codec.decode(text, batch);
    }

    @Override
    public @Nullable Object bind(Payload payload, Type type) {
        return codec.bind(payload, type);
    }
}
