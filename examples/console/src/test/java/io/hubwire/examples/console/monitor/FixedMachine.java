// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

import java.time.Duration;
import java.time.Instant;

/** A machine whose readings are known: each comes some time and 2 MiB of traffic after the last. */
public final class FixedMachine implements Machine {
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final long MIB = 1 << 20;

    private final Duration step;
    private int readings;

    /** Two seconds lie between readings. */
    public FixedMachine() {
        this(Duration.ofSeconds(2));
    }

    FixedMachine(Duration step) {
        this.step = step;
    }

    @Override
    public Facts facts() {
        return new Facts("host", "192.0.2.7", "TestOS 1", "amd64", "Maker", "Model 5", 4);
    }

    @Override
    public synchronized Reading read() {
        int turn = readings++;
        return new Reading(
                START.plus(step.multipliedBy(turn)),
                0.25,
                3 * MIB,
                8 * MIB,
                100 * MIB,
                400 * MIB,
                1.5,
                42,
                2 * MIB * turn,
                MIB * turn);
    }

    synchronized int readings() {
        return readings;
    }
}
