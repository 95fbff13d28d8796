// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.User;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a session belongs to and where it came from: fixed when it begins.
 *
 * @param id the client's public id
 * @param serial grows with each session of the hub
 * @param jitter the client's own number within −1…1
 */
public record Identity(
        String id,
        long serial,
        float jitter,
        @Nullable User user,
        @Nullable String address,
        @Nullable String agent,
        long connectedMillis,
        long connectedNanos) {
    private static final int MAX_AGENT_LENGTH = 512;

    /** What a handshake and its admission say. */
    public static Identity of(
            String id,
            long serial,
            Optional<User> user,
            Optional<String> address,
            Optional<String> agent,
            double jitter,
            Instant now,
            long nanos) {
        return new Identity(
                id,
                serial,
                (float) jitter,
                user.orElse(null),
                address.orElse(null),
                agent.map(Identity::shortened).orElse(null),
                now.toEpochMilli(),
                nanos);
    }

    /** The same with another view of its user. */
    Identity of(Optional<User> renewed) {
        return new Identity(id, serial, jitter, renewed.orElse(null), address, agent, connectedMillis, connectedNanos);
    }

    private static String shortened(String agent) {
        return agent.length() <= MAX_AGENT_LENGTH ? agent : agent.substring(0, MAX_AGENT_LENGTH);
    }
}
