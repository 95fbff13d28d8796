// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message on the wire. Immutable; thread-safe as far as its data is. */
public sealed interface Envelope {
    /** The event's name; on an answer, the request's. */
    String event();

    /**
     * What a client sends: an event, or a request when the hub answers it.
     *
     * @param event a valid name
     * @param payload the body, not yet bound; {@link Payload#NONE} if there is none
     * @param id what comes back on the answer, 1–64 characters
     * @param answer if it answers a question of the hub's
     */
    record FromClient(String event, Payload payload, Optional<String> id, Optional<Answer> answer) implements Envelope {
        /** The longest id, in characters. */
        public static final int MAX_ID_LENGTH = 64;

        /** What answers no question. */
        public FromClient(String event, Payload payload, Optional<String> id) {
            this(event, payload, id, Optional.empty());
        }

        /** Checks for nulls only: the codec has judged the rest. */
        public FromClient {
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(payload, "payload");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(answer, "answer");
        }
    }

    /**
     * That a message answers a question of the hub's; its payload is the answer.
     *
     * @param ask the question's id
     * @param code 0 for success, otherwise an error's number
     * @param errorMsg only with an error
     */
    record Answer(String ask, int code, Optional<String> errorMsg) {}

    /**
     * What the hub sends.
     *
     * @param event as registered
     * @param data left out on the wire when null
     * @param code 0 for success, otherwise an {@link ErrorCode}'s number
     * @param errorMsg only with an error
     * @param timestamp seconds since the epoch
     * @param id only on the answer to a message that had one
     * @param ask a question's id, by which the client answers it; only on a question
     * @param isVolatile whether the message is neither counted nor replayed
     */
    record FromHub(
            String event,
            @Nullable Object data,
            int code,
            @Nullable String errorMsg,
            long timestamp,
            @Nullable String id,
            @Nullable String ask,
            boolean isVolatile)
            implements Envelope {
        /** Checks the event for null. */
        public FromHub {
            Objects.requireNonNull(event, "event");
        }

        /** A message of the hub's own accord. */
        public static FromHub push(String event, @Nullable Object data, long timestamp, boolean isVolatile) {
            return new FromHub(event, data, 0, null, timestamp, null, null, isVolatile);
        }

        /** A question, which the client answers by its id. */
        public static FromHub question(String event, @Nullable Object data, long timestamp, String ask) {
            return new FromHub(event, data, 0, null, timestamp, null, ask, false);
        }

        /** The answer to a message that succeeded. */
        public static FromHub answer(String event, @Nullable Object data, long timestamp, @Nullable String id) {
            return new FromHub(event, data, 0, null, timestamp, id, null, false);
        }

        /** The answer to a message that failed. */
        public static FromHub error(
                String event, ErrorCode code, @Nullable Object data, long timestamp, @Nullable String id) {
            return new FromHub(event, data, code.number(), code.text(), timestamp, id, null, false);
        }
    }
}
