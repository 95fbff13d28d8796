// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

/** Who runs a {@link TestHub}, and on which clock. */
public enum Mode {
    /**
     * Everything runs on the test's thread and on a clock that only the test moves; the default. Handlers must not block:
     * one that waits for the hub fails with an explanation.
     */
    SERIAL,
    /**
     * As {@link #SERIAL}, but user code has threads of its own, so that it may wait for the hub. Exactly one thread of hub,
     * handlers and test runs at any time, and hands on when it waits: a run is as repeatable as a serial one.
     */
    BATON,
    /**
     * The hub's production threads and the wall's clock: for one smoke test of an application, and for clients over real
     * sockets. Time cannot be advanced; what a test expects is awaited for up to 5 s.
     */
    REAL
}
