// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.Admission;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.examples.plainclient.PlainClient;
import io.hubwire.spi.HubObserver;
import io.hubwire.testkit.network.FaultProxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The network of many clients breaks at once: all come back to their sessions, as fast as the hub lets them in and no faster. */
@Tag("proof")
class ReconnectStormTest {
    private static final EventType<Integer> NOTE = EventType.of("note", Integer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 300;
    private static final int PER_SECOND = 200;
    private static final int BURST = 100;

    /** One that comes back, and what it was told. */
    private record Guest(PlainClient client, Queue<JsonNode> told) {
        private List<Integer> notes() {
            return told.stream()
                    .filter(envelope -> envelope.path("event").asText().equals("note"))
                    .map(envelope -> envelope.path("data").asInt())
                    .toList();
        }

        private List<Boolean> hellos() {
            return told.stream()
                    .filter(envelope -> envelope.path("event").asText().equals("hub/hello"))
                    .map(envelope -> envelope.at("/data/resumed").asBoolean())
                    .toList();
        }
    }

    private final Queue<Long> resumedAt = new ConcurrentLinkedQueue<>();
    private final Hub hub = Hub.builder()
            .authenticator(handshake ->
                    Admission.asUser(handshake.token().orElseThrow()).join("room"))
            .connections(ConnectionLimits.defaults().handshakesPerSecond(PER_SECOND, BURST))
            .emits(NOTE)
            .observer(new HubObserver() {
                @Override
                public void clientResumed(String client) {
                    resumedAt.add(System.nanoTime());
                }
            })
            .build();
    private final Server server = Server.of(hub);
    private final FaultProxy network = FaultProxy.to(server.port());
    private final List<Guest> guests = new ArrayList<>();

    @AfterEach
    void stop() {
        guests.forEach(guest -> guest.client().close());
        network.close();
        hub.close();
        server.close();
    }

    @Test
    void all_come_back_to_their_sessions_and_none_has_lost_anything() {
        HttpClient http = HttpClient.newHttpClient();
        URI address = network.instead(server.uri("/ws"));
        for (int i = 0; i < CLIENTS; i++) {
            String user = "user-" + i % 100;
            Queue<JsonNode> told = new ConcurrentLinkedQueue<>();
            guests.add(new Guest(new PlainClient(http, address, () -> user, told::add), told));
        }
        await().atMost(PATIENCE).until(() -> hub.group("room").clients().size() == CLIENTS);
        await().atMost(PATIENCE).until(() -> all(guest -> guest.hellos().size() == 1));
        await().until(() -> network.openConnections() == CLIENTS); // those that were refused are gone, too
        send(0, 5);

        long cutAt = System.nanoTime();
        assertThat(network.cut()).isEqualTo(CLIENTS);
        send(5, 10);
        await().atMost(PATIENCE).until(() -> all(guest -> guest.hellos().size() >= 2));
        send(10, 15);

        await().atMost(PATIENCE).until(() -> all(guest -> guest.notes().size() >= 15));
        assertThat(guests).allSatisfy(guest -> {
            assertThat(guest.notes())
                    .containsExactlyElementsOf(IntStream.range(0, 15).boxed().toList());
            assertThat(guest.hellos()).startsWith(false, true).doesNotContainSequence(true, false);
        });
        assertThat(hub.online().devices().count()).isEqualTo(CLIENTS);
        assertNoFasterThanAdmitted(cutAt);
    }

    private boolean all(Predicate<Guest> condition) {
        return guests.stream().allMatch(condition);
    }

    private void send(int from, int end) {
        for (int i = from; i < end; i++) {
            hub.group("room").send(NOTE, i);
        }
    }

    /** However late a client is seen, the first n were not let in before the limit has let n in. */
    private void assertNoFasterThanAdmitted(long cutAt) {
        List<Long> times = resumedAt.stream().sorted().toList();
        assertThat(times).hasSizeGreaterThanOrEqualTo(CLIENTS);
        for (int i = 0; i < times.size(); i++) {
            double seconds = (times.get(i) - cutAt) / 1e9;
            assertThat(i + 1).isLessThanOrEqualTo((int) Math.ceil(BURST + PER_SECOND * seconds));
        }
    }
}
