// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

/** The same test with many seeds; a failure says with which. */
public final class Seeds {
    /** What a seed decides. */
    @FunctionalInterface
    public interface Run {
        /** Plays it. */
        void with(int seed) throws Exception;
    }

    private Seeds() {}

    /** Runs it with 0 and up. */
    public static void each(int count, Run run) {
        for (int seed = 0; seed < count; seed++) {
            try {
                run.with(seed);
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
