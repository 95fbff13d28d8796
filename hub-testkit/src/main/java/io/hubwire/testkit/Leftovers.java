// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

/** What a test must have read before it ends; see {@link TestHub#leftovers}. */
public enum Leftovers {
    /**
     * Errors that were received, sessions and connections that the hub ended, and failures of handlers. Not what a client
     * brought about itself by closing, dropping or vanishing, and not the end of all by a shutdown.
     */
    ERRORS,
    /** The same, every push, and every question that the client did not answer by itself. */
    ALL,
    /** Nothing. */
    NONE
}
