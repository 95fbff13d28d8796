// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The whole server stops, and nobody has shut the hub down before. */
class ServerStopTest {
    private final Hub hub = Hub.builder().build();

    @Test
    void a_client_is_told_1012_when_the_server_stops_without_a_shutdown() throws Exception {
        Server server = Server.of(hub);
        try (RawPeer peer = server.peer().open()) {
            await().until(() -> hub.online().devices().count() == 1);

            CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::close, OWN_THREAD);

            RawFrame close = peer.receiveClose();
            assertThat(close.closeCode()).isEqualTo(1012);
            peer.answerClose(close);
            stopping.get(10, TimeUnit.SECONDS);
        }
    }
}
