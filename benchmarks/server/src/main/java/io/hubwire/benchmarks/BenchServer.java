// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks;

import io.hubwire.Hub;
import java.util.ServiceLoader;

/** Serves {@link BenchHub} on the container of the class path until it is ended. */
public final class BenchServer {
    private BenchServer() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: BenchServer PORT");
        }
        BenchContainer container = ServiceLoader.load(BenchContainer.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no container is on the class path"));
        Hub hub = BenchHub.open();
        hub.start();
        container.serve(hub, Integer.parseInt(arguments[0]));
    }
}
