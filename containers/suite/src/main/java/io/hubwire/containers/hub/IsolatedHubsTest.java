// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.testkit.contract.RawPeer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hubs in one application know nothing of each other. */
class IsolatedHubsTest {
    private final Hub one = Hub.builder().install(new Chat()).build();
    private final Hub two = Hub.builder().install(new Chat()).build();
    private Server server;

    @BeforeEach
    void start() {
        server = Server.setup()
                .serve(HubEndpoint.serving(one).at("/one"))
                .serve(HubEndpoint.serving(two).at("/two"))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
        one.close();
        two.close();
    }

    @Test
    void a_group_of_one_hub_has_nothing_to_do_with_the_group_of_that_name_in_another() throws Exception {
        try (RawPeer ann = joinedRoom(one, "/one");
                RawPeer bob = joinedRoom(two, "/two")) {
            ann.sendText("{\"event\":\"chat/room\",\"data\":{\"text\":\"hello\",\"loudness\":1}}");

            assertThat(ann.receiveText()).contains("\"chat/said\"", "hello");
            bob.sendText("{\"event\":\"ping\"}"); // answered first: nothing was on its way
            assertThat(bob.receiveText()).contains("\"ping\"");
        }
    }

    @Test
    void the_shutdown_of_one_hub_leaves_another_as_it_is() throws Exception {
        try (RawPeer ann = joinedRoom(one, "/one");
                RawPeer bob = joinedRoom(two, "/two")) {
            one.shutdown(Duration.ofSeconds(5));
            ann.answerClose(ann.receiveClose());
            await().until(() -> server.peer().path("/one").exchange().status() == 503);

            bob.sendText("{\"event\":\"ping\"}");
            assertThat(bob.receiveText()).contains("\"ping\"");
            try (RawPeer late = joinedRoom(two, "/two")) {
                assertThat(late.reply().status()).isEqualTo(101);
            }
            one.shutdown(Duration.ofSeconds(5)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private RawPeer joinedRoom(Hub hub, String path) throws Exception {
        RawPeer peer = server.peer().path(path).open();
        peer.sendText("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}");
        assertThat(peer.receiveText()).contains("\"room-1\"");
        return peer;
    }
}
