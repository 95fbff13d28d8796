// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet.war;

import io.hubwire.containers.RunningContainer;

/** A container that deploys a WAR. One is on the class path, as a service. */
public interface WarStarter {
    /**
     * Starts the container on a free port of 127.0.0.1, with this application at {@code /app}.
     *
     * @throws IllegalStateException if the application does not start; nothing is left running then
     */
    RunningContainer start(War war);
}
