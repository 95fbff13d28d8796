// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.conformance;

import io.hubwire.testkit.Mode;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.TestHubBuilder;
import io.hubwire.testkit.conformance.HubConformance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Hub and clients do on this container what they do in memory. */
class JakartaConformanceTest extends HubConformance {
    private static SharedServer server;

    @BeforeAll
    static void start() {
        server = new SharedServer();
    }

    @Override
    protected TestHubBuilder hub() {
        return TestHub.builder().mode(Mode.REAL).transport(new SocketTransport(server));
    }

    @AfterAll
    static void stop() {
        server.close();
    }
}
