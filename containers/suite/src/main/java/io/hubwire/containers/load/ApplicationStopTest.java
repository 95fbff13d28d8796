// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.containers.CapturedLog;
import io.hubwire.containers.Server;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.parallel.Isolated;

/** The container stops an application whose hub nobody has shut down, and looks for what it has left behind. */
@Isolated
class ApplicationStopTest {
    private static final int CLIENTS = 100;

    @RepeatedTest(5)
    void clients_are_told_and_no_thread_is_left() throws Exception {
        Hub hub = Hub.builder()
                .connections(ConnectionLimits.defaults().handshakesPerSecond(10_000, 10_000))
                .onRequest("load/echo", Integer.class, (client, n) -> n)
                .build();
        AtomicInteger answers = new AtomicInteger();
        try (Server server = Server.of(hub);
                RawSwarm swarm = new RawSwarm(server, (client, text) -> answers.incrementAndGet())) {
            for (int i = 0; i < CLIENTS; i++) {
                swarm.connect().send("{\"event\":\"load/echo\",\"data\":" + i + "}");
            }
            await().until(() -> answers.get() == CLIENTS);

            try (CapturedLog log = new CapturedLog()) {
                server.stopApplication();
                assertThat(JvmState.hubThreads()).isEmpty();
                assertThat(log.lines()).noneMatch(line -> line.contains("hubwire"));
            }
            await().until(() -> swarm.clients().stream().allMatch(SwarmClient::isEnded));
            assertThat(swarm.clients()).extracting(SwarmClient::closeCode).containsOnly(1012);
        }
    }
}
