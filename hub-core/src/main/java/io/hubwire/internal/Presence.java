// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.User;
import io.hubwire.spi.HubRuntime;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Tells the application of users who come and go: in order for one user, never on the thread of the change. A few lanes serve all users,
 * so that one slow callback does not hold up everybody. Thread-safe.
 */
final class Presence {
    private static final int LANES = 16;

    private final PresenceLane[] lanes;
    private final AtomicInteger busy = new AtomicInteger();
    private volatile Runnable whenIdle = () -> {};

    Presence(HubRuntime runtime, Callbacks callbacks) {
        this.lanes = IntStream.range(0, LANES)
                .mapToObj(i ->
                        new PresenceLane(runtime, "presence " + i, callbacks, busy::incrementAndGet, this::laneIsIdle))
                .toArray(PresenceLane[]::new);
    }

    /** Changes of one user alternate, beginning with this one. */
    void online(User user) {
        laneOf(user).add(user, true);
    }

    void offline(User user) {
        laneOf(user).add(user, false);
    }

    /** Whether the application has been told of everything. */
    boolean isIdle() {
        return busy.get() == 0;
    }

    /** The action runs from now on whenever the application has been told of everything. */
    void whenIdle(Runnable action) {
        whenIdle = action;
    }

    private void laneIsIdle() {
        if (busy.decrementAndGet() == 0) {
            whenIdle.run();
        }
    }

    private PresenceLane laneOf(User user) {
        return lanes[Math.floorMod(user.id().hashCode(), LANES)];
    }
}
