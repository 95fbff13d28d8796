// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.util.Optional;

/** A simulation that failed: the message says with which seed, what was broken, and the shortest run that shows it. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    private final long seed;

    SimulationFailure(long seed, String message, Optional<Throwable> cause) {
        super(message, cause.orElse(null));
        this.seed = seed;
    }

    /** The seed that failed, or how many there were if it was none of them. */
    public long seed() {
        return seed;
    }
}
