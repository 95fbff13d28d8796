// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.Random;

/**
 * In which order the strands of a hub run, and how much of it runs before a test acts again: drawn from a seed, so that
 * the same seed gives the same run.
 *
 * <p>A strand keeps its own order. While it is calm, everything runs after each action of a test, in that drawn order;
 * while it is hurried, only a few tasks do, so that the next action meets a hub that has not finished. Then time stands
 * still while tasks wait, except for the small pauses of a busy machine. For one thread.
 */
public final class Interleaving {
    private final Random random;
    private boolean isHurried;
    private int mostTasks;
    private int oneWaitsOf;

    private Interleaving(long seed) {
        this.random = new Random(seed);
    }

    /** A calm one. */
    public static Interleaving seeded(long seed) {
        return new Interleaving(seed);
    }

    /** Draws from another seed from now on. */
    public void reseed(long seed) {
        random.setSeed(seed);
    }

    /**
     * Lets only a few tasks run between two actions.
     *
     * @param mostTasks how many, at most
     * @param oneWaitsOf among so many actions there is one, on average, that waits until the hub is quiet
     * @throws IllegalArgumentException if either is not positive
     */
    public void hurry(int mostTasks, int oneWaitsOf) {
        if (mostTasks < 1 || oneWaitsOf < 1) {
            throw new IllegalArgumentException(mostTasks + " tasks, one action of " + oneWaitsOf + ": not positive");
        }
        this.isHurried = true;
        this.mostTasks = mostTasks;
        this.oneWaitsOf = oneWaitsOf;
    }

    /** Lets everything run after each action. */
    public void calm() {
        isHurried = false;
    }

    /** How many tasks run now, of those that wait and those that they bring about. */
    int tasksNow(int most) {
        return !isHurried || random.nextInt(oneWaitsOf) == 0 ? most : random.nextInt(mostTasks + 1);
    }

    /** One of so many strands. */
    int next(int strands) {
        return random.nextInt(strands);
    }

    /** Whether a connection says within the call that it has sent. */
    boolean completesInline() {
        return random.nextBoolean();
    }
}
