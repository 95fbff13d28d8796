// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

/** A container that runs. For one thread. */
public interface RunningContainer extends AutoCloseable {
    /** Where it listens, on 127.0.0.1. */
    int port();

    /** Stops the application alone, where the container can: the server goes on. */
    void stopApplication();

    /** Heap that the container keeps for other connections to come, or by a fault of its own for those that are gone. */
    default long keptBytes() {
        return 0;
    }

    /** Stops everything; returns when no thread of it is left. May be called again. */
    @Override
    void close();
}
