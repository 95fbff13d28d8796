// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.TypeToken;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.protocol.Envelope;
import io.hubwire.spi.InvalidPayloadException;
import io.hubwire.spi.MessageCodec;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** The protocol's own events, as a client of the {@code hubwire.v1} profile sends them behind its hello. */
final class ControlEvents {
    private static final TypeToken<Map<String, Object>> FIELDS = new TypeToken<>() {};

    /** What becomes of one. */
    enum Verdict {
        DONE,
        /** A client does not send this. */
        NOT_FOR_CLIENTS,
        /** What it carries is not what it must be. */
        BAD_PAYLOAD,
        /** This came too often. */
        TOO_MANY,
        /** A client that keeps to the protocol never sends this. */
        BROKEN
    }

    /** A client brings a credential when it is asked for one, or has a better one. Judging one is work. */
    private static final Rate CREDENTIALS = Rate.perMinute(10);

    private final ClientSession client;
    private final CredentialReceiver credentials;

    ControlEvents(ClientSession client, CredentialReceiver credentials) {
        this.client = client;
        this.credentials = credentials;
    }

    Verdict handle(Envelope.FromClient message, MessageCodec codec) {
        return switch (message.event()) {
            case "hub/ack" -> acknowledge(seq(message, codec), false);
            case "hub/ping" -> ping(seq(message, codec));
            case "hub/auth" -> authenticate(message, codec);
            case "hub/hello" -> Verdict.BROKEN;
            default -> Verdict.NOT_FOR_CLIENTS;
        };
    }

    private Verdict ping(OptionalLong seq) {
        Verdict verdict = acknowledge(seq, true);
        if (verdict == Verdict.DONE) {
            client.offer(client.context().messages().control("hub/ping", null), true);
        }
        return verdict;
    }

    private Verdict authenticate(Envelope.FromClient message, MessageCodec codec) {
        if (!(fields(message, codec).get("token") instanceof String token)) {
            return Verdict.BAD_PAYLOAD;
        }
        long now = client.context().runtime().nanoTime();
        if (!Objects.requireNonNull(client.resumption()).takeCredential(fullAt -> CREDENTIALS.take(fullAt, 1, now))) {
            return Verdict.TOO_MANY;
        }
        credentials.receive(client, token, message.id().orElse(null));
        return Verdict.DONE;
    }

    private Verdict acknowledge(OptionalLong seq, boolean mayBeAbsent) {
        if (seq.isEmpty()) {
            return mayBeAbsent ? Verdict.DONE : Verdict.BROKEN;
        }
        return client.outbox().acknowledge(seq.getAsLong()) ? Verdict.DONE : Verdict.BROKEN;
    }

    private static OptionalLong seq(Envelope.FromClient message, MessageCodec codec) {
        Object seq = fields(message, codec).get("seq");
        boolean isInteger = seq instanceof Integer || seq instanceof Long;
        return isInteger && seq instanceof Number number && number.longValue() >= 0
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    private static Map<?, ?> fields(Envelope.FromClient message, MessageCodec codec) {
        try {
            return codec.bind(message.payload(), FIELDS.type()) instanceof Map<?, ?> fields ? fields : Map.of();
        } catch (InvalidPayloadException noObject) {
            return Map.of();
        }
    }
}
