// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

/** Makes neighbouring seeds as different as any two, and one seed of two numbers. */
final class Scramble {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Scramble() {}

    static long of(long seed) {
        long mixed = (seed + GOLDEN) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    static long of(long seed, long other) {
        return of(of(seed) + other);
    }
}
