// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Hub;
import io.hubwire.jakarta.container.EmbeddedTomcat;
import io.hubwire.jakarta.rawpeer.RawFrame;
import io.hubwire.jakarta.rawpeer.RawPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.util.ServerInfo;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The end of a hub together with its container. */
class StoppingTest {
    private final Hub hub = Hub.builder().install(new Chat()).build();

    @Test
    void a_client_is_told_1012_when_the_application_stops_without_a_shutdown() throws Exception {
        try (EmbeddedTomcat server = start()) {
            List<RawPeer> peers = connect(server, 20);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(server::stopApplication);

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
        try (EmbeddedTomcat server = start()) {
            hub.shutdown(Duration.ofSeconds(1)).toCompletableFuture().get(5, TimeUnit.SECONDS);

            var reply = server.peer().exchange();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isPresent();
        }
    }

    @Test
    void the_tests_run_on_the_container_that_the_build_names() {
        String named = System.getProperty("hubwire.container");
        Assumptions.assumeTrue(named != null, "run by hand, on whatever is there");

        assertThat("Apache " + named.replace(' ', '/')).isEqualTo(ServerInfo.getServerInfo());
    }

    private EmbeddedTomcat start() {
        return EmbeddedTomcat.setup()
                .deploy(context -> HubEndpoint.serving(hub).deployTo(context))
                .start();
    }

    private List<RawPeer> connect(EmbeddedTomcat server, int count) throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(server.peer().open());
        }
        await().until(() -> hub.online().devices().count() == count);
        return peers;
    }
}
