// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.internal.session.SecretDigests;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Why the sessions are over that nobody came back to: the last of them, so that clients that come too late can be told. What is kept of
 * one is a few hundred bytes, and no secret. Thread-safe.
 */
final class LapsedSessions {
    private record Lapse(SecretDigests secrets, String reason) {}

    private final int most;

    /** In the order of their ends, by the ids of their clients. */
    @GuardedBy("this")
    private final Map<String, Lapse> lapses = new LinkedHashMap<>();

    /** Remembers this many. */
    LapsedSessions(int most) {
        this.most = most;
    }

    synchronized void add(String client, SecretDigests secrets, String reason) {
        lapses.put(client, new Lapse(secrets, reason));
        if (lapses.size() > most) {
            lapses.remove(lapses.keySet().iterator().next());
        }
    }

    /** Why it is over; empty if that is forgotten, or whoever asks does not know its secret. */
    Optional<String> reason(String client, String secret) {
        Lapse lapse;
        synchronized (this) {
            lapse = lapses.get(client);
        }
        return Optional.ofNullable(lapse)
                .filter(known -> known.secrets().include(secret))
                .map(Lapse::reason);
    }
}
