// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.util.concurrent.TimeUnit;

/** Tells the hub what was applied: after 32 messages or a second, whichever is first. Used from the lane only. */
final class Acknowledger {
    private static final int MOST = 32;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LaneTimer timer;
    private final Runnable send;
    private int unacknowledged;

    /** {@code send} sends the position. */
    Acknowledger(LaneTimer timer, Runnable send) {
        this.timer = timer;
        this.send = send;
    }

    /** A message was applied, or a gap was. */
    void applied() {
        unacknowledged++;
        if (unacknowledged >= MOST) {
            sendNow();
        } else if (!timer.isArmed()) {
            timer.arm(LONGEST_NANOS, this::sendNow);
        }
    }

    void sendNow() {
        told();
        send.run();
    }

    /** The hub has been told in another way, or there is no connection to tell it on. */
    void told() {
        unacknowledged = 0;
        timer.cancel();
    }
}
