// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

/** Something that a client of the application does. Called on the test's thread. */
@FunctionalInterface
public interface PlayerAction {
    /**
     * Does it.
     *
     * @param player a client that is connected, as far as it knows
     * @param number counts the actions of a run: another one for each action, and larger for later ones
     */
    void play(Player player, int number) throws Exception;
}
