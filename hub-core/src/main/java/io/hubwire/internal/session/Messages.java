// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.EventType;
import io.hubwire.EventType.Delivery;
import io.hubwire.internal.session.Outgoing.Receipt;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.MessageCodec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Makes what travels from the hub to its clients, encoded once. Thread-safe. */
public final class Messages {
    private static final int MINUS_ONE = -1;

    /** By what an older message is found that a newer one replaces. */
    private record LatestKey(String event, Object key) {}

    private final MessageCodec codec;
    private final HubRuntime runtime;
    private final boolean errorsAsMinusOne;

    /** The type that a send by name goes by; throws if the data does not fit what was declared. */
    private final BiFunction<String, Object, EventType<?>> typeOf;

    /** With the hub's settings. */
    public Messages(
            MessageCodec codec,
            HubRuntime runtime,
            boolean errorsAsMinusOne,
            BiFunction<String, Object, EventType<?>> typeOf) {
        this.codec = codec;
        this.runtime = runtime;
        this.errorsAsMinusOne = errorsAsMinusOne;
        this.typeOf = typeOf;
    }

    /** The type of an event that is sent by its name. */
    public EventType<?> typeOf(String event, Object data) {
        return typeOf.apply(event, data);
    }

    /** A message of the hub's own accord; asks for its key, which is user code. */
    public Outgoing push(EventType<?> type, @Nullable Object data, Receipt receipt) {
        Object key = keyOf(type, data);
        boolean isVolatile = type.delivery() != Delivery.COUNTED;
        Frame frame = codec.encode(Envelope.FromHub.push(type.name(), data, now(), isVolatile));
        return new Outgoing(type.name(), frame, type.delivery(), key, receipt);
    }

    @SuppressWarnings({"unchecked", "NullAway"
    }) // the data fits the type: the compiler or the name's declaration has seen to it
    private static @Nullable Object keyOf(EventType<?> type, @Nullable Object data) {
        return ((EventType<Object>) type)
                .keyOf(data)
                .map(key -> new LatestKey(type.name(), key))
                .orElse(null);
    }

    /** A question to the client. */
    Outgoing question(String event, @Nullable Object data, String ask) {
        return counted(Envelope.FromHub.question(event, data, now(), ask));
    }

    /** The answer to a message that succeeded. */
    public Outgoing answer(String event, @Nullable Object data, @Nullable String id) {
        return counted(Envelope.FromHub.answer(event, data, now(), id));
    }

    /** The answer to a message that failed. */
    public Outgoing error(String event, ErrorCode code, @Nullable Object data, @Nullable String id) {
        Envelope.FromHub error = Envelope.FromHub.error(event, code, data, now(), id);
        return counted(errorsAsMinusOne ? withCode(error, MINUS_ONE) : error);
    }

    /** Messages that were dropped: the client has to fetch anew what they would have told it. */
    Outgoing gap(long from, long to) {
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("from", from);
        notice.put("to", to);
        notice.put("reason", "overflow");
        return control("hub/gap", notice);
    }

    /** The hub has taken the client out of a group. */
    Outgoing left(String group, String reason) {
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("id", group);
        notice.put("reason", reason);
        return control("hub/left", notice);
    }

    /** A message of the protocol itself. */
    public Outgoing control(String event, @Nullable Object data) {
        return counted(Envelope.FromHub.push(event, data, now(), false));
    }

    private Outgoing counted(Envelope.FromHub message) {
        return new Outgoing(message.event(), codec.encode(message), Delivery.COUNTED, Receipt.NONE);
    }

    private static Envelope.FromHub withCode(Envelope.FromHub message, int code) {
        return new Envelope.FromHub(
                message.event(),
                message.data(),
                code,
                message.errorMsg(),
                message.timestamp(),
                message.id(),
                message.ask(),
                message.isVolatile());
    }

    private long now() {
        return runtime.now().getEpochSecond();
    }
}
