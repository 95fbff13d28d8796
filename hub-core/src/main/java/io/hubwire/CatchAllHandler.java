// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

/**
 * Handles every event that has no handler of its own. The same rules hold as for an {@link EventHandler}.
 */
@FunctionalInterface
public interface CatchAllHandler {
    /** Called once for each message. */
    void handle(Invocation invocation) throws Exception;
}
