// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.faults;

import io.hubwire.simulation.LibrarySimulation;
import io.hubwire.testkit.simulation.SimulationFailure;
import java.util.Optional;

/** Runs the library's own simulation on the core that it was loaded with. Called from beyond its class loader. */
public final class Trial {
    private static final int SHRINKING_RUNS = 80;

    private Trial() {}

    /** Runs until a seed fails; returns what it says. */
    public static Optional<String> firstFailure(int seeds) {
        try {
            LibrarySimulation.simulation()
                    .seeds(seeds)
                    .shrinkingRuns(SHRINKING_RUNS)
                    .run();
            return Optional.empty();
        } catch (SimulationFailure failure) {
            return Optional.of(failure.getMessage());
        }
    }
}
