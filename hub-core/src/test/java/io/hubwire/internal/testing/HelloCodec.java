// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.codec.JacksonCodec;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.Frame;
import io.hubwire.spi.MessageCodec;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets a test do something while a session is claimed: when the answer to the claim has been put together, and the session has not been
 * moved. For one thread.
 */
public final class HelloCodec implements MessageCodec {
    private final MessageCodec codec = JacksonCodec.strict();
    private final Deque<Runnable> interludes = new ArrayDeque<>();

    /** Runs while the next session is claimed. */
    public void duringNextClaim(Runnable interlude) {
        interludes.add(interlude);
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

    @Override
    public Frame encode(Envelope.FromHub message) {
        boolean isResumed = message.data() instanceof Map<?, ?> data && Boolean.TRUE.equals(data.get("resumed"));
        if (isResumed && !interludes.isEmpty()) {
            interludes.remove().run();
        }
        return codec.encode(message);
    }
}
