// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.plainclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.Admission;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.network.FaultProxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that was written from the protocol's page alone, on a real container, through a network that breaks. */
class PlainClientTest {
    private static final EventType<Integer> NOTE = EventType.of("note", Integer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final Hub hub = Hub.builder()
            .authenticator(handshake -> handshake.token().map(Admission::asUser).orElseGet(() -> Admission.refuse(401)))
            .heartbeat(HeartbeatPolicy.pingEvery(SILENCE).answerWithin(SILENCE))
            .install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
            .build();
    private final Queue<JsonNode> received = new ConcurrentLinkedQueue<>();
    private final Tomcat tomcat = new Tomcat();
    private FaultProxy network;

    @BeforeEach
    void start(@TempDir Path folder) throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (classes, servlets) -> HubEndpoint.serving(hub).at("/ws").deployTo(servlets), null);
        tomcat.start();
        network = FaultProxy.to(tomcat.getConnector().getLocalPort());
    }

    @AfterEach
    void stop() throws LifecycleException {
        network.close();
        hub.close();
        tomcat.stop();
        tomcat.destroy();
    }

    private PlainClient client() {
        PlainClient client = new PlainClient(
                HttpClient.newHttpClient(),
                URI.create("ws://127.0.0.1:" + network.port() + "/ws"),
                () -> "ann",
                received::add);
        await().atMost(PATIENCE).until(() -> hellos().size() == 1);
        return client;
    }

    private List<Boolean> hellos() {
        return received.stream()
                .filter(envelope -> envelope.path("event").asText().equals("hub/hello"))
                .map(envelope -> envelope.at("/data/resumed").asBoolean())
                .toList();
    }

    private List<Integer> notes() {
        return received.stream()
                .filter(envelope -> envelope.path("event").asText().equals("note"))
                .map(envelope -> envelope.path("data").asInt())
                .toList();
    }

    @Test
    void it_has_every_message_in_order_however_often_its_connection_is_cut() {
        try (PlainClient client = client()) {
            client.send("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"},\"id\":\"c-1\"}");
            await().atMost(PATIENCE).until(() -> hub.group("room-1").clients().size() == 1);

            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 100; i++) {
                    hub.group("room-1").send(NOTE, round * 100 + i);
                }
                int resumes = round + 2;
                network.cut();
                await().atMost(PATIENCE).until(() -> hellos().size() >= resumes);
            }

            await().atMost(PATIENCE).until(() -> notes().size() >= 500);
            assertThat(notes())
                    .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
            assertThat(hellos()).containsExactly(false, true, true, true, true, true);
        }
    }

    @Test
    void it_leaves_a_hub_that_it_hears_nothing_of() {
        try (PlainClient client = client()) {
            network.stall();
            await().atMost(PATIENCE).until(() -> network.connections() == 2);
            network.flow();

            await().atMost(PATIENCE).until(() -> hellos().size() == 2);
        }
    }

    @Test
    void it_stays_with_a_hub_that_has_nothing_to_say() {
        try (PlainClient client = client()) {
            await().during(SILENCE.multipliedBy(2)).atMost(PATIENCE).until(() -> network.connections() == 1);

            assertThat(hellos()).containsExactly(false);
        }
    }

    @Test
    void it_stays_away_when_it_is_kicked() {
        try (PlainClient client = client()) {
            hub.user("ann").kick(CloseReason.KICKED);

            await().atMost(PATIENCE).until(() -> network.openConnections() == 0);
            client.send("{\"event\":\"ping\"}");

            assertThat(hellos()).containsExactly(false);
            assertThat(network.connections()).isEqualTo(1);
        }
    }
}
