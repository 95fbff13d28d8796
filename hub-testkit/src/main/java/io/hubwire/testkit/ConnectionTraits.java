// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.time.Duration;

/**
 * How a connection in memory behaves.
 *
 * @param completion when it says that a frame was sent
 * @param socketBuffer how many bytes it holds for a client that does not read
 * @param latency how long everything takes, one way
 */
record ConnectionTraits(SendCompletion completion, int socketBuffer, Duration latency) {
    private static final Duration LONGEST_LATENCY = Duration.ofDays(1);

    static Duration checkedLatency(Duration oneWay) {
        if (oneWay.isNegative() || oneWay.compareTo(LONGEST_LATENCY) > 0) {
            throw new IllegalArgumentException("a latency of " + oneWay + " is not within 0 and " + LONGEST_LATENCY);
        }
        return oneWay;
    }
}
