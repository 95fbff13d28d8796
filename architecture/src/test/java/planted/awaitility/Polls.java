// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.awaitility;

/** A library that looks again and again. */
public final class Polls {
    private Polls() {}

    public static void until(boolean condition) {}
}
