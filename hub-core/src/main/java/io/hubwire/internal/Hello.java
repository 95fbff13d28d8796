// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.TypeToken;
import io.hubwire.protocol.Envelope;
import io.hubwire.spi.InvalidPayloadException;
import io.hubwire.spi.MessageCodec;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client of the {@code hubwire.v1} profile says first.
 *
 * @param token its credential, if it has one here
 * @param claim the session that it wants to go on with
 */
record Hello(Optional<String> token, Optional<Claim> claim) {
    /** The event. */
    static final String EVENT = "hub/hello";

    private static final TypeToken<Map<String, Object>> FIELDS = new TypeToken<>() {};

    /**
     * A session that somebody asks for.
     *
     * @param client the session's public id
     * @param secret what only its client knows
     * @param seq the highest number up to which the client has received everything
     */
    record Claim(String client, String secret, long seq) {
        private static final char SEPARATOR = '.';

        /** What a client is given to come back with. */
        static String name(String client, String secret) {
            return client + SEPARATOR + secret;
        }

        /** A name that no session has is an unknown session, not a broken rule. */
        static Claim of(String name, long seq) {
            int end = name.indexOf(SEPARATOR);
            return new Claim(name.substring(0, Math.max(0, end)), name.substring(end + 1), seq);
        }

        /** Without the secret. */
        @Override
        public String toString() {
            return "claim to go on with " + client + " behind " + seq;
        }
    }

    /** Reads a first message; empty if it is no hello, or a broken one. */
    static Optional<Hello> read(Envelope.FromClient message, MessageCodec codec) {
        if (!message.event().equals(EVENT)) {
            return Optional.empty();
        }
        try {
            return of(fields(codec.bind(message.payload(), FIELDS.type())));
        } catch (InvalidPayloadException | ClassCastException broken) {
            return Optional.empty();
        }
    }

    private static Optional<Hello> of(Map<?, ?> data) {
        Optional<String> token = Optional.ofNullable((String) data.get("token"));
        if (data.get("resume") == null) {
            return Optional.of(new Hello(token, Optional.empty()));
        }
        Map<?, ?> resume = fields(data.get("resume"));
        if (resume.get("session") instanceof String name && resume.get("seq") instanceof Number seq && isCount(seq)) {
            return Optional.of(new Hello(token, Optional.of(Claim.of(name, seq.longValue()))));
        }
        return Optional.empty();
    }

    private static boolean isCount(Number seq) {
        return (seq instanceof Integer || seq instanceof Long) && seq.longValue() >= 0;
    }

    private static Map<?, ?> fields(@Nullable Object data) {
        return data == null ? Map.of() : (Map<?, ?>) data;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return claim.map(wanted -> "hello with a " + wanted).orElse("hello");
    }
}
