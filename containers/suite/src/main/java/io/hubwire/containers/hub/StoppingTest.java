// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a hub together with its container. */
class StoppingTest {
    private final Hub hub = Hub.builder().install(new Chat()).build();

    @Test
    void a_client_is_told_1012_when_the_application_stops_without_a_shutdown() throws Exception {
        try (Server server = Server.of(hub)) {
            List<RawPeer> peers = connect(server, 20);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::stopApplication, OWN_THREAD);

            for (RawPeer peer : peers) {
                RawFrame close = peer.receiveClose();
                assertThat(close.closeCode()).isEqualTo(1012);
                peer.answerClose(close);
            }

            stopping.get(10, TimeUnit.SECONDS);
            await().until(() -> server.connectionCount() == 0);
        }
    }

    @Test
    void a_handshake_after_the_shutdown_is_told_to_come_again() throws Exception {
        try (Server server = Server.of(hub)) {
            hub.shutdown(Duration.ofSeconds(1)).toCompletableFuture().get(5, TimeUnit.SECONDS);

            var reply = server.peer().exchange();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isPresent();
        }
    }

    private List<RawPeer> connect(Server server, int count) throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(server.peer().open());
        }
        await().until(() -> hub.online().devices().count() == count);
        return peers;
    }
}
