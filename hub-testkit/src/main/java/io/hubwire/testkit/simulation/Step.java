// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

/**
 * One action of a plan: plain data, drawn before the run.
 *
 * @param kind what is done
 * @param player who does it
 * @param number the action's number in the plan, or how long it takes
 * @param seed what is drawn during the action and after it comes from here, whichever actions come before
 */
record Step(Kind kind, int player, int number, long seed) {
    /** As a line of a test. */
    String asCode() {
        return kind.asCode(this);
    }

    Step lasting(int millis) {
        return new Step(kind, player, millis, seed);
    }
}
