// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

/**
 * How much is tried.
 *
 * @param clients at a time
 * @param cuts at least so many connections are cut
 * @param messages at least so many messages are applied
 */
record Scale(int clients, int cuts, long messages) {
    /** The whole proof if {@code hubwire.proof} is set; otherwise a version of it that takes seconds. */
    static Scale asked() {
        return isWhole() ? new Scale(64, 10_000, 1_000_000) : new Scale(8, 60, 5_000);
    }

    static boolean isWhole() {
        return System.getProperty("hubwire.proof") != null;
    }
}
