// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.User;
import io.hubwire.internal.runtime.SerialLane;
import io.hubwire.spi.HubRuntime;
import java.util.stream.IntStream;

/**
 * Tells the application of users who come and go: in order for one user, never on the thread of the change. A few lanes serve all users,
 * so that one slow callback does not hold up everybody. Thread-safe.
 */
final class Presence {
    private static final int LANES = 16;

    private final Callbacks callbacks;
    private final SerialLane[] lanes;

    Presence(HubRuntime runtime, Callbacks callbacks) {
        this.callbacks = callbacks;
        this.lanes = IntStream.range(0, LANES)
                .mapToObj(i -> new SerialLane(runtime, "presence " + i))
                .toArray(SerialLane[]::new);
    }

    void online(User user) {
        laneOf(user).execute(() -> callbacks.userOnline(user));
    }

    void offline(User user) {
        laneOf(user).execute(() -> callbacks.userOffline(user));
    }

    private SerialLane laneOf(User user) {
        return lanes[Math.floorMod(user.id().hashCode(), LANES)];
    }
}
