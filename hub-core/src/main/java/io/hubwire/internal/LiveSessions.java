// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/**
 * Counts sessions of which anything is left: a handler, a callback, a connection. Thread-safe.
 */
final class LiveSessions {
    @GuardedBy("this")
    private int count;

    @GuardedBy("this")
    private Runnable whenEmpty = () -> {};

    private volatile boolean isClosing;

    synchronized void add() {
        count++;
    }

    void remove() {
        Runnable action;
        synchronized (this) {
            count--;
            if (count > 0 || !isClosing) {
                return;
            }
            action = whenEmpty;
        }
        action.run();
    }

    /** Sessions that begin from now on must end at once. */
    void close() {
        isClosing = true;
    }

    /** The action runs whenever the last session is gone, and at once if there is none; after {@link #close}. */
    void whenEmpty(Runnable action) {
        synchronized (this) {
            whenEmpty = action;
            if (count > 0) {
                return;
            }
        }
        action.run();
    }

    boolean isClosing() {
        return isClosing;
    }

    synchronized int count() {
        return count;
    }
}
