// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Finds out that a connection is dead: what arrives is life, and when nothing has for a while, the hub is asked. Used from the lane only.
 *
 * <p>A client that was stopped itself, or that is too busy to take what has arrived, does not blame the hub.
 */
final class Heartbeat {
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What it does about silence. */
    interface Actions {
        void ping();

        void lost();
    }

    private final ClientRuntime runtime;
    private final LaneTimer timer;
    private final BooleanSupplier isBusy;
    private final Actions actions;
    private long intervalNanos = TimeUnit.SECONDS.toNanos(25);
    private long timeoutNanos = TimeUnit.SECONDS.toNanos(10);
    private long lastHeard;
    private boolean wasHeardSinceAsked;

    Heartbeat(ClientRuntime runtime, LaneTimer timer, BooleanSupplier isBusy, Actions actions) {
        this.runtime = runtime;
        this.timer = timer;
        this.isBusy = isBusy;
        this.actions = actions;
    }

    /** What the hub advises; nonsense is ignored. */
    void advise(long intervalMillis, long timeoutMillis) {
        if (intervalMillis > 0 && timeoutMillis > 0) {
            intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMillis);
            timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        }
    }

    void start() {
        lastHeard = runtime.nanoTime();
        timer.arm(intervalNanos, this::check);
    }

    void heard() {
        lastHeard = runtime.nanoTime();
        wasHeardSinceAsked = true;
    }

    void stop() {
        timer.cancel();
    }

    private void check() {
        long silence = runtime.nanoTime() - lastHeard;
        if (silence < intervalNanos) {
            timer.arm(intervalNanos - silence, this::check);
            return;
        }
        wasHeardSinceAsked = false;
        actions.ping();
        await();
    }

    private void await() {
        long asked = runtime.nanoTime();
        timer.arm(timeoutNanos, () -> judge(asked));
    }

    private void judge(long asked) {
        long now = runtime.nanoTime();
        if (wasHeardSinceAsked) {
            timer.arm(Math.max(0, intervalNanos - (now - lastHeard)), this::check);
        } else if (isBusy.getAsBoolean() || now - asked > timeoutNanos + LATE_NANOS) {
            await();
        } else {
            actions.lost();
        }
    }
}
