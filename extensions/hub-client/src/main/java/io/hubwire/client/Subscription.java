// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

/** A handler that is registered. Thread-safe. */
@FunctionalInterface
public interface Subscription {
    /** Removes the handler: it is called for nothing that is handed over from now on. A second call does nothing. */
    void cancel();
}
