// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.Authenticator;
import io.hubwire.ConnectionLimits;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HandshakeResult;
import java.time.Duration;
import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** What a client costs the hub that is connected and silent; its connection, address and agent excluded. */
class IdleClientMemoryTest {
    private static final int CLIENTS = 100_000;
    private static final int MOST_BYTES = 1_024;

    private final ManualRuntime runtime = new ManualRuntime();
    private final Stalling connection = new Stalling();
    private ConnectionHandler[] handlers = {};
    private int handled;

    /** The connection of all clients: nothing is taken until the test says so. */
    private static final class Stalling implements Connection {
        private final ArrayDeque<SendCallback> inFlight = new ArrayDeque<>();

        @Override
        public void send(Frame frame, SendCallback done) {
            inFlight.add(done);
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void abort() {}

        boolean completeOne() {
            SendCallback done = inFlight.poll();
            if (done != null) {
                done.completed(null);
            }
            return done != null;
        }
    }

    @Test
    void an_anonymous_client_fits_its_budget() {
        long bytes = measure("anonymous", handshake -> Admission.anonymous());

        assertThat(bytes).isBetween(100L, (long) MOST_BYTES);
    }

    @Test
    void a_client_with_a_user_and_two_groups_fits_its_budget() {
        int[] number = {0};
        long bytes = measure("with a user and two groups", handshake -> {
            int n = number[0]++;
            return Admission.asUser("user-" + n).join("lobby", "room-" + n % 1_000);
        });

        assertThat(bytes).isBetween(100L, (long) MOST_BYTES);
    }

    @Test
    void what_is_allocated_on_first_use_is_let_go_again() {
        int clients = 20_000;
        Hub hub = hub(handshake -> Admission.anonymous());
        open(hub, clients);
        keepBusy(hub);
        comeToRest(); // the queues of the test itself have grown
        long before = usedHeap();

        keepBusy(hub);
        long busy = usedHeap();
        comeToRest();
        long after = usedHeap();

        long whileBusy = (busy - before) / clients;
        long left = (after - before) / clients;
        System.out.println("a busy client: " + whileBusy + " bytes more, afterwards " + left);
        assertThat(handled).isEqualTo(10 * clients);
        assertThat(whileBusy).isGreaterThan(100);
        assertThat(left).isLessThan(16);
        assertThat(hub.all().size()).isEqualTo(clients);
    }

    private void keepBusy(Hub hub) {
        for (int round = 0; round < 5; round++) {
            hub.all().send("news", "x".repeat(100));
            receiveInParts();
        }
    }

    private void comeToRest() {
        boolean isBusy = true;
        while (isBusy) {
            runtime.runAll();
            isBusy = connection.completeOne();
        }
        runtime.advance(InboundLimits.defaults().handlerTime().plusSeconds(1)); // beyond every deadline
    }

    private void receiveInParts() {
        for (ConnectionHandler handler : handlers) {
            handler.onText("{\"event\":", false);
            handler.onText("\"hi\"}", true);
        }
    }

    private long measure(String what, Authenticator authenticator) {
        Hub hub = hub(authenticator);
        long before = usedHeap() + 4 * CLIENTS; // what the test itself keeps
        open(hub, CLIENTS);
        long bytes = (usedHeap() - before) / CLIENTS;
        System.out.println("an idle client, " + what + ": " + bytes + " bytes");
        assertThat(hub.all().size()).isEqualTo(CLIENTS);
        return bytes;
    }

    private Hub hub(Authenticator authenticator) {
        Hub hub = Hub.builder()
                .runtime(runtime)
                .authenticator(authenticator)
                .connections(ConnectionLimits.defaults()
                        .total(CLIENTS)
                        .handshakesPerSecond(ConnectionLimits.UNLIMITED, ConnectionLimits.UNLIMITED))
                .heartbeat(HeartbeatPolicy.clientDriven(Duration.ofHours(1)))
                .on("hi", client -> handled++)
                .build();
        hub.start();
        return hub;
    }

    private void open(Hub hub, int clients) {
        handlers = new ConnectionHandler[clients];
        for (int i = 0; i < clients; i++) {
            HandshakeResult.Accepted place = Door.admitted(hub, BareHandshake.anonymous());
            handlers[i] = place.open(connection);
            runtime.runAll();
        }
        runtime.advance(Duration.ofSeconds(11)); // beyond the time for which places are kept
    }

    private static long usedHeap() {
        Runtime jvm = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            System.gc();
            long now = jvm.totalMemory() - jvm.freeMemory();
            if (Math.abs(used - now) < 50_000) {
                return now;
            }
            used = now;
        }
        return used;
    }
}
