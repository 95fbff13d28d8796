// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

/** Ends a run in which a promise was not kept. */
final class BrokenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Broken broken;

    BrokenException(Broken broken) {
        super(broken.described(), broken.cause().orElse(null), false, false);
        this.broken = broken;
    }

    Broken broken() {
        return broken;
    }
}
