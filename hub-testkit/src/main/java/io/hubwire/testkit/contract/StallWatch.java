// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.time.Duration;

/** Tells a send that waits for its peer from one that is slow. Looks at sends one after another, until one is stalled. */
final class StallWatch {
    /** How many times longer than any before it a send takes that is not stalled: a closed window is tried again ever later. */
    private static final int SLOWER_AT_MOST = 6;

    private final Trial trial;
    private Duration limit;

    StallWatch(Trial trial) {
        this.trial = trial;
        this.limit = trial.moment().multipliedBy(2);
    }

    /** Whether this send does not complete, though it has just begun. */
    boolean isStalled(Sent sent) throws InterruptedException {
        long start = System.nanoTime();
        if (!trial.log().await(limit, sent::isOver)) {
            return true;
        }
        trial.check(sent.isOk(), "sends that complete until the peer's window is full", sent::toString);
        Duration mayTake = Duration.ofNanos(System.nanoTime() - start).multipliedBy(SLOWER_AT_MOST);
        if (mayTake.compareTo(limit) > 0) {
            limit = mayTake;
        }
        return false;
    }
}
