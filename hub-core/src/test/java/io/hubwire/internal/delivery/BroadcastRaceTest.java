// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Crowd;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.RacingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BroadcastRaceTest {
    private static final int MESSAGES = 1_000;
    private static final int JOINERS = 3;
    private static final int EACH = 100;
    private static final Pattern NUMBER = Pattern.compile("\"data\":(\\d+)");

    private final ExecutorService container = Executors.newFixedThreadPool(2);
    private final LinkedBlockingQueue<Client> beginnings = new LinkedBlockingQueue<>();
    private final Hub hub = Hub.builder()
            .outbox(OutboxPolicy.atMost(100_000, 1 << 24))
            .connections(ConnectionLimits.defaults()
                    .handshakesPerSecond(ConnectionLimits.UNLIMITED, ConnectionLimits.UNLIMITED))
            .onConnect(beginnings::add)
            .build();

    @AfterEach
    void stop() throws Exception {
        hub.shutdown(Duration.ofSeconds(2)).toCompletableFuture().get(10, TimeUnit.SECONDS);
        container.shutdownNow();
    }

    private record Joined(RacingConnection connection, int sentBefore) {}

    @Test
    void one_who_has_joined_gets_everything_that_is_sent_from_then_on_once_and_in_order() throws Exception {
        hub.start();
        AtomicInteger sent = new AtomicInteger();
        ConcurrentHashMap<Integer, Joined> joined = new ConcurrentHashMap<>();
        List<RacingConnection> connections = new ArrayList<>();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < JOINERS * EACH; i++) {
            RacingConnection connection = new RacingConnection(container, i, 0);
            Door.open(hub, BareHandshake.anonymous(), connection);
            connections.add(connection);
            clients.add(
                    Optional.ofNullable(beginnings.poll(5, TimeUnit.SECONDS)).orElseThrow());
        }

        Crowd.of(JOINERS + 1, thread -> {
            if (thread == JOINERS) {
                for (int i = 0; i < MESSAGES; i++) {
                    sent.set(i);
                    hub.group("red").send("n", i);
                }
                return;
            }
            for (int i = thread * EACH; i < (thread + 1) * EACH; i++) {
                clients.get(i).join("red");
                joined.put(i, new Joined(connections.get(i), sent.get()));
            }
        });
        assertThat(hub.group("red")
                        .send("n", MESSAGES)
                        .written()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .lost())
                .isZero();

        assertThat(joined).hasSize(JOINERS * EACH).allSatisfy((i, client) -> requireRun(client));
    }

    /** A run without a hole up to the last message, from one that is no later than the first sent after joining. */
    private static void requireRun(Joined client) {
        List<String> received = client.connection().sent();
        int first = MESSAGES - received.size() + 1;
        assertThat(first).isLessThanOrEqualTo(client.sentBefore() + 1);
        for (int i = 0; i < received.size(); i++) {
            Matcher number = NUMBER.matcher(received.get(i));
            assertThat(number.find()).isTrue();
            assertThat(Integer.parseInt(number.group(1))).isEqualTo(first + i);
        }
        assertThat(client.connection().overlaps()).isZero();
    }

    @Test
    void nobody_stays_online_whose_first_send_failed_while_the_session_began() throws Exception {
        hub.start();
        Crowd.of(3, thread -> {
            for (int i = 0; i < 300; i++) {
                if (thread == 0) {
                    hub.all().send("n", i);
                } else {
                    Door.open(hub, BareHandshake.anonymous(), new BrokenConnection());
                }
            }
        });
        for (int i = 0; i < 1_000 && hub.all().size() > 0; i++) {
            hub.all().send("n", 0).written().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }

        assertThat(hub.all().size()).isZero();
        assertThat(hub.online().devices().count()).isZero();
    }
}
