// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.TypeToken;
import io.hubwire.client.HubMessage;
import io.hubwire.protocol.Names;
import java.lang.reflect.Type;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One envelope of the hub. */
record Incoming(
        String event,
        Body body,
        int code,
        String errorText,
        long timestamp,
        @Nullable String id,
        @Nullable String ask,
        boolean isVolatile)
        implements HubMessage {

    /** A payload that is not yet bound. */
    interface Body {
        /** JSON; empty if there is none. */
        String text();

        /**
         * A value of this type; null if there is none.
         *
         * @throws IllegalArgumentException if it does not fit
         */
        @Nullable
        Object bind(Type type);

        /** A field of it; an absent one is a body without a value. */
        Body field(String name);

        /** As text; the default if it is none. */
        String asText(String absent);

        /** As a whole number; the default if it is none. */
        long asLong(long absent);
    }

    boolean isControl() {
        return Names.isReserved(event);
    }

    boolean isCounted() {
        return !isVolatile && !isControl();
    }

    @Override
    public String text() {
        return body.text();
    }

    @Override
    public <T> Optional<T> as(Class<T> type) {
        return Optional.ofNullable(type.cast(body.bind(type)));
    }

    @Override
    @SuppressWarnings("unchecked") // bound to the token's type
    public <T> Optional<T> as(TypeToken<T> type) {
        return Optional.ofNullable((T) body.bind(type.type()));
    }
}
