// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import io.hubwire.internal.runtime.CoarseTimer;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Resumption;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.session.SessionRef;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends connections that have been open for as long as they may be; each at a time of its own, so that those that came together do not
 * come back together. Thread-safe.
 */
public final class AgeMonitor {
    private static final double JITTER = 0.1;

    /** One connection of a client; equal only to itself. */
    private static final class Age {
        private final SessionRef client;

        Age(SessionRef client) {
            this.client = client;
        }
    }

    private final HubRuntime runtime;
    private final Optional<Duration> maxAge;
    private final CoarseTimer<Age> timer;

    /** With the hub's limit, if there is one. */
    public AgeMonitor(HubRuntime runtime, Optional<Duration> maxAge) {
        this.runtime = runtime;
        this.maxAge = maxAge;
        this.timer = new CoarseTimer<>(runtime, "connection age", (age, late) -> due(age));
    }

    /** The client has a connection that has just opened. */
    public void watch(ClientSession client) {
        if (maxAge.isEmpty()) {
            return;
        }
        Age age = new Age(client.ref());
        if (client.resumption() != null) {
            client.resumption().age(age);
        }
        double share = 1 - JITTER * runtime.random().nextDouble();
        timer.add(age, runtime.nanoTime() + (long) (maxAge.get().toNanos() * share));
    }

    /** Ends all watching. */
    public void close() {
        timer.close();
    }

    private static void due(Age age) {
        ClientSession client = age.client.session();
        if (client == null || !client.isConnected()) {
            return;
        }
        Resumption resumption = client.resumption();
        if (resumption == null) {
            client.end(CloseReason.SERVICE_RESTART, Ending.DRAINED);
        } else if (resumption.isAge(age)) {
            client.end(CloseReason.MAX_AGE, Ending.DRAINED);
        }
    }
}
