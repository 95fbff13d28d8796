// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Crowd;
import io.hubwire.internal.testing.Door;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HandshakeResult.Accepted;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionEndRaceTest {
    private static final int ROUNDS = 300;

    /** An end as the application was told of it. */
    private record End(Client client, CloseReason reason) {}

    private final LinkedBlockingQueue<Client> beginnings = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private final Set<Client> gone = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Client> toldTooLate = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> presence = new ConcurrentLinkedQueue<>();
    private final Hub hub = Hub.builder()
            .authenticator(handshake -> Admission.asUser("ann").join("red"))
            .connections(ConnectionLimits.defaults()
                    .total(1)
                    .perUser(1)
                    .handshakesPerSecond(ConnectionLimits.UNLIMITED, ConnectionLimits.UNLIMITED))
            .onConnect(beginnings::add)
            .onJoined("*", (client, group) -> tellInOrder(client))
            .onLeft("*", (client, group) -> tellInOrder(client))
            .onDisconnect((client, reason) -> gone.add(client))
            .onDisconnect((client, reason) -> ends.add(new End(client, reason)))
            .onUserOnline(user -> presence.add("+"))
            .onUserOffline(user -> presence.add("-"))
            .build();

    @AfterEach
    void stop() throws Exception {
        hub.shutdown(Duration.ofSeconds(5)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** Closes when it is told to, as a well-behaved peer does; some of its sends fail. */
    private static final class Fragile implements Connection {
        private final AtomicBoolean isBroken = new AtomicBoolean();
        private volatile @Nullable ConnectionHandler handler;

        @Override
        public void send(Frame frame, SendCallback done) {
            done.completed(isBroken.get() ? new IllegalStateException("broken pipe") : null);
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason) {
            Optional.ofNullable(handler).ifPresent(told -> told.onClosed(reason));
        }

        @Override
        public void abort() {
            Optional.ofNullable(handler).ifPresent(told -> told.onClosed(CloseReason.CONNECTION_LOST));
        }
    }

    @Test
    void a_session_that_eight_threads_end_at_once_ends_once_and_leaves_nothing_behind() throws Exception {
        hub.start();
        for (int round = 0; round < ROUNDS; round++) {
            Fragile connection = new Fragile();
            ConnectionHandler handler =
                    Door.admitted(hub, BareHandshake.anonymous()).open(connection);
            connection.handler = handler;
            Client client =
                    Optional.ofNullable(beginnings.poll(5, TimeUnit.SECONDS)).orElseThrow();

            Crowd.of(8, thread -> end(thread, client, connection, handler));

            End end = Optional.ofNullable(ends.poll(5, TimeUnit.SECONDS)).orElseThrow();
            assertThat(end.client()).isSameAs(client);
            assertThat(end.reason().code()).isIn(4004, 1000, 1003, 1001, 1006);
            assertThat(hub.all().size()).isZero();
            assertThat(hub.group("red").size()).isZero();
            assertThat(hub.online().list()).isEmpty();
            awaitPlace();
        }
        assertThat(ends).isEmpty();
        assertThat(toldTooLate).isEmpty();
        assertThat(presence).hasSizeLessThanOrEqualTo(2 * ROUNDS).startsWith("+", "-");
    }

    private void tellInOrder(Client client) {
        if (gone.contains(client)) {
            toldTooLate.add(client);
        }
    }

    private void end(int thread, Client client, Fragile connection, ConnectionHandler handler) {
        switch (thread) {
            case 0 -> client.kick(CloseReason.KICKED);
            case 1 -> client.close(CloseReason.NORMAL);
            case 2 -> handler.onViolation(CloseReason.UNSUPPORTED_DATA);
            case 3 -> handler.onClosed(CloseReason.GOING_AWAY);
            case 4 -> {
                connection.isBroken.set(true);
                client.send("x", 1);
            }
            case 5 -> hub.all().kick(CloseReason.KICKED);
            case 6 -> client.join("blue");
            default -> client.leave("red");
        }
    }

    /** The only place of the hub is free again, and given back only once. */
    private void awaitPlace() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < deadline) {
            if (Door.knock(hub, BareHandshake.anonymous()) instanceof Accepted place) {
                assertThat(Door.refused(hub, BareHandshake.anonymous())).isEqualTo(503);
                place.release();
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the place was not given back");
    }
}
