// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import org.jspecify.annotations.Nullable;

/** One thing that is to happen later, in the lane, unless it is cancelled or put off. Used from the lane only. */
final class LaneTimer {
    private final ClientRuntime runtime;
    private final Lane lane;
    private @Nullable Armed armed;

    /** One arming. A task that fired before its cancellation waits in the lane perhaps: it must not run. */
    private record Armed(Runnable task) {}

    private ClientRuntime.@Nullable Scheduled scheduled;

    LaneTimer(ClientRuntime runtime, Lane lane) {
        this.runtime = runtime;
        this.lane = lane;
    }

    /** Forgets what it was armed for before. */
    void arm(long delayNanos, Runnable task) {
        cancel();
        Armed mine = new Armed(task);
        armed = mine;
        scheduled = runtime.schedule(Math.max(0, delayNanos), () -> lane.run(() -> fire(mine)));
    }

    void cancel() {
        armed = null;
        if (scheduled != null) {
            scheduled.cancel();
            scheduled = null;
        }
    }

    boolean isArmed() {
        return armed != null;
    }

    @SuppressWarnings("ReferenceEquality") // this arming, not one like it
    private void fire(Armed due) {
        if (armed == due) {
            armed = null;
            scheduled = null;
            due.task().run();
        }
    }
}
