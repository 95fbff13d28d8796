// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import java.util.Objects;

/**
 * The end of one connection through a {@link FaultProxy}, at a byte. Immutable.
 *
 * @param direction whose bytes are counted
 * @param afterBytes how many of them still go through; with 0 the connection ends as soon as it is there
 * @param manner how both sides see it
 */
public record Cut(Direction direction, long afterBytes, Manner manner) {
    /** How a connection ends for both of its sides. */
    public enum Manner {
        /** It is reset, as by a router that has forgotten it. */
        RESET,
        /** Its streams end, as when the other side's process is killed: often in the middle of a message. */
        END
    }

    /**
     * Checks the position.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Cut {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(manner, "manner");
        if (afterBytes < 0) {
            throw new IllegalArgumentException("a cut after " + afterBytes + " bytes cannot be: 0 is the first");
        }
    }
}
