// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.Server;
import io.hubwire.spi.Connection;
import io.hubwire.testkit.contract.RawPeer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Tomcat gives the buffers of a closed socket to the next connection. A thread that still reads from the closed one would
 * take the stranger's first bytes.
 */
class CutBesideReaderTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();
    private final CompletableFuture<Connection> held = new CompletableFuture<>();
    private final CompletableFuture<Void> release = new CompletableFuture<>();

    @AutoClose
    private final Server server = Server.of(hub.hub());

    @Test
    void a_socket_is_cut_only_when_no_thread_of_tomcat_is_at_it() throws Exception {
        hub.judging(
                handshake -> CompletableFuture.completedFuture(hub.newPlace().whenOpened(this::hold)));
        try (RawPeer peer = server.peer().open()) {
            Connection connection = held.get(10, SECONDS);

            connection.abort();

            assertThat(peer.reply().isUpgraded()).isTrue();
            assertThat(peer.isQuietFor(Duration.ofMillis(300))).isTrue();
            release.complete(null);
            peer.awaitEnd();
            assertThat(hub.nextOpened().nextEnd().code()).isEqualTo(1006);
        } finally {
            release.complete(null);
        }
    }

    /** On Tomcat's thread, which is at the socket meanwhile. */
    private void hold(Connection opened) {
        held.complete(opened);
        release.join();
    }
}
