// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.ConnectionLimits;
import io.hubwire.spi.HubRuntime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose credentials were revoked lately: an admission that was asked for before and is used after comes to nothing. Thread-safe.
 *
 * <p>A revocation is remembered for as long as an admission may be on its way.
 */
final class Revocations {
    private final HubRuntime runtime;
    private final long rememberedNanos;
    private final Map<String, Long> lastOfUser = new ConcurrentHashMap<>();

    Revocations(HubRuntime runtime, ConnectionLimits limits) {
        this.runtime = runtime;
        this.rememberedNanos =
                limits.admissionTime().multipliedBy(2).plus(limits.openTime()).toNanos();
    }

    void add(String userId) {
        long now = runtime.nanoTime();
        lastOfUser.values().removeIf(then -> now - then > rememberedNanos);
        lastOfUser.put(userId, now);
    }

    boolean areBehind(Admitted admitted) {
        if (admitted.userId().isEmpty()) {
            return false;
        }
        Long last = lastOfUser.get(admitted.userId().get());
        return last != null && last - admitted.askedNanos() >= 0;
    }
}
