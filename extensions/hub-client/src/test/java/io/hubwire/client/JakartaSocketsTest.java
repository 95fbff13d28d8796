// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On Tyrus, with servers on the loopback address. */
class JakartaSocketsTest {
    private static final int NEVER = 1_000_000_000;

    private final List<RawHubServer> servers = new ArrayList<>();
    private final List<HubClient> clients = new ArrayList<>();
    private final List<ModelHub> hubs = new ArrayList<>();
    private final List<StateChange> states = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    private HubClient connect() throws IOException {
        ModelHub hub = new ModelHub();
        RawHubServer server = new RawHubServer(hub, () -> NEVER);
        hubs.add(hub);
        servers.add(server);
        HubClient client = HubClient.builder(server.uri())
                .listen(it -> it.onState(states::add))
                .listen(it -> it.on("text", String.class, texts::add))
                .connect();
        clients.add(client);
        return client;
    }

    private static void awaitConnected(HubClient client) {
        await().until(() -> client.state() == ConnectionState.OPEN);
    }

    @AfterEach
    void close() throws IOException {
        clients.forEach(HubClient::close);
        for (RawHubServer server : servers) {
            server.close();
        }
    }

    @Test
    void thirty_more_clients_need_no_thirty_more_threads() throws IOException {
        for (int i = 0; i < 10; i++) {
            awaitConnected(connect());
        }
        long before = clientThreads();

        for (int i = 0; i < 30; i++) {
            awaitConnected(connect());
        }

        assertThat(clientThreads()).isLessThan(before + 20);
    }

    /** All but those of the servers. */
    private static long clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("raw-hub"))
                .count();
    }

    @Test
    void a_message_larger_than_a_container_s_buffer_arrives_whole() throws IOException {
        awaitConnected(connect());
        String large = "é".repeat(30_000);

        hubs.get(0).pushText(large);

        await().until(() -> !texts.isEmpty());
        assertThat(texts).containsExactly(large);
    }

    @Test
    void the_hub_s_close_code_arrives() throws IOException {
        HubClient client = connect();
        awaitConnected(client);

        await().until(() -> {
            hubs.get(0).close(4004); // again: a hub that was too slow may have lost the connection, and gets another
            return client.state() == ConnectionState.CLOSED;
        });
        await().untilAsserted(() -> assertThat(states)
                .last()
                .satisfies(change ->
                        assertThat(change.reason().orElseThrow().code()).isEqualTo(4004)));
    }

    @Test
    void closing_the_client_closes_the_connection() throws IOException {
        HubClient client = connect();
        awaitConnected(client);

        client.close();

        await().until(() -> hubs.get(0).isAlone());
    }

    @Test
    void a_server_that_does_not_speak_the_profile_is_tried_again_later() throws IOException {
        RawHubServer server = new RawHubServer(new ModelHub(), () -> NEVER).withoutSubprotocol();
        servers.add(server);

        clients.add(HubClient.builder(server.uri())
                .listen(it -> it.onState(states::add))
                .connect());

        await().until(() -> states.stream().anyMatch(change -> change.state() == ConnectionState.WAITING));
        assertThat(states)
                .anySatisfy(change -> assertThat(
                                change.reason().map(Object::toString).orElse(""))
                        .contains("does not speak hubwire.v1"));
    }

    @Test
    void a_client_that_is_closed_during_the_handshake_is_gone_afterwards() throws IOException {
        ModelHub hub = new ModelHub();
        RawHubServer server = new RawHubServer(hub, () -> NEVER).holdingHandshakes();
        servers.add(server);
        HubClient client = HubClient.builder(server.uri()).connect();
        clients.add(client);
        await().until(() -> server.connections() == 1);

        client.close();
        server.releaseHandshakes();

        assertThat(client.state()).isEqualTo(ConnectionState.CLOSED);
        await().until(() -> server.open() == 0);
        assertThat(hub.hellos()).isZero();
    }

    @Test
    void a_port_that_nobody_listens_on_is_tried_again_later() throws IOException {
        try (Socket bound = new Socket()) { // so that nobody else gets the port, and listens
            bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            clients.add(HubClient.builder(URI.create("ws://127.0.0.1:" + bound.getLocalPort() + "/ws"))
                    .listen(it -> it.onState(states::add))
                    .connect());

            await().until(() -> states.stream()
                            .filter(change -> change.state() == ConnectionState.WAITING)
                            .count()
                    >= 2);
        }
        assertThat(states).noneMatch(change -> change.state() == ConnectionState.CLOSED);
    }
}
