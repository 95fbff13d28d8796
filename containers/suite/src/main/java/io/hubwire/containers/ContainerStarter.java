// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import java.util.Map;

/** A container that can be started inside a test. One is on the class path, as a service. */
public interface ContainerStarter {
    /** As the build names it, such as {@code Tomcat}. */
    String name();

    /** As the container itself says. */
    String version();

    /**
     * The tests that fail on this container, by {@code SimpleClassName.method_name}, each with the reason. They run all
     * the same, and a build fails when one of them passes.
     */
    default Map<String, String> knownGaps() {
        return Map.of();
    }

    /** How many of 20,000 requests, most of them cut off, the container may by a fault of its own read as something else. */
    default int garbledRequests() {
        return 0;
    }

    /**
     * Starts the container on a free port of 127.0.0.1, with one web application.
     *
     * @throws IllegalStateException if the application does not start; nothing is left running then
     */
    RunningContainer start(ContainerSetup setup);
}
