// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks;

import io.hubwire.Hub;

/** A container that serves the hub; the one on the class path is found as a service. */
public interface BenchContainer {
    String PATH = "/ws";
    int BACKLOG = 4_096;
    int MAX_CONNECTIONS = 20_000;

    /** Listens on 127.0.0.1; its threads keep the process alive. */
    void serve(Hub hub, int port) throws Exception;
}
