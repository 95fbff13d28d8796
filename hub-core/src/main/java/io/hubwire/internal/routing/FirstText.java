// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.protocol.Envelope;
import io.hubwire.spi.MalformedMessageException;
import io.hubwire.spi.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is in the first text of a connection: a hello, and whatever its client was too impatient to send later. For one thread. */
public final class FirstText implements MessageCodec.Batch {
    private final int bytes;
    private final List<Consumer<MessageCodec.Batch>> rest = new ArrayList<>(0);
    private Envelope.@Nullable FromClient first;
    private boolean hasBegun;

    /** Of a text of so many bytes. */
    public FirstText(int bytes) {
        this.bytes = bytes;
    }

    /** The first message; empty if that is malformed. */
    public Optional<Envelope.FromClient> first() {
        return Optional.ofNullable(first);
    }

    /** How many messages came behind the first. */
    public int more() {
        return rest.size();
    }

    /** The length of the whole text in bytes of UTF-8. */
    int bytes() {
        return bytes;
    }

    @Override
    public void message(Envelope.FromClient message) {
        if (hasBegun) {
            rest.add(batch -> batch.message(message));
        } else {
            first = message;
            hasBegun = true;
        }
    }

    @Override
    public void malformed(MalformedMessageException fault) {
        if (hasBegun) {
            rest.add(batch -> batch.malformed(fault));
        }
        hasBegun = true;
    }

    /** Passes on what came behind the first message. */
    void passRest(MessageCodec.Batch receiver) {
        rest.forEach(message -> message.accept(receiver));
    }
}
