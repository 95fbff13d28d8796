// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.util.Random;

/**
 * A kind of action.
 *
 * @param name unique within a simulation
 * @param weight how often it comes, compared with others
 * @param sort what it is
 * @param action how it is done
 */
record Kind(String name, double weight, Sort sort, PlayerAction action) {
    private static final int LONGEST_ADVANCE_BITS = 16;
    private static final int LONGEST_LATENCY_BITS = 9;

    /** What an action is: of the application, something that networks do, or the passing of time. */
    enum Sort {
        APPLICATION,
        /** Some runs do without. */
        FAULT,
        /** A fault that has a length. */
        DELAY,
        /** What makes faults good again. */
        REPAIR,
        TIME
    }

    /** Short times are as likely as long ones. */
    int drawNumber(Random random, int index) {
        return switch (sort) {
            case TIME -> drawMillis(random, LONGEST_ADVANCE_BITS);
            case DELAY -> drawMillis(random, LONGEST_LATENCY_BITS);
            case APPLICATION, FAULT, REPAIR -> index;
        };
    }

    private static int drawMillis(Random random, int bits) {
        return 1 + random.nextInt(1 << (1 + random.nextInt(bits)));
    }

    String asCode(Step step) {
        return switch (sort) {
            case APPLICATION -> name + "(p" + step.player() + ", " + step.number() + ");";
            case TIME -> "hub.advance(ofMillis(" + step.number() + "));";
            case DELAY -> "p" + step.player() + "." + name + "(ofMillis(" + step.number() + "));";
            case FAULT, REPAIR -> "p" + step.player() + "." + name + "();";
        };
    }
}
