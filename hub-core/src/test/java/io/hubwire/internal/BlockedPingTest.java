// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real threads, as many as may ping at a time, all of them stuck in pings to peers that do not read. */
@Timeout(30)
class BlockedPingTest {
    private static final int THREADS = 64;

    private final CountDownLatch begun = new CountDownLatch(THREADS);
    private final CountDownLatch release = new CountDownLatch(1);
    private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();

    /** Takes what is sent at once, and answers pings; if it does not read, they block. */
    private final class Peer implements Connection {
        private final boolean reads;
        private final AtomicReference<ConnectionHandler> handler = new AtomicReference<>();

        Peer(boolean reads) {
            this.reads = reads;
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            if (reads) {
                told.add(frame.text());
            }
            done.completed(null);
        }

        @Override
        public void ping() {
            if (!reads) {
                begun.countDown();
                awaitRelease();
            } else {
                handler.get().onPong();
            }
        }

        private void awaitRelease() {
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close(CloseReason reason) {
            if (reads) {
                told.add("closed " + reason.code());
            }
        }

        @Override
        public void abort() {}
    }

    private Hub hub(HeartbeatPolicy policy) throws Exception {
        Hub hub = Hub.builder()
                .heartbeat(policy)
                .outbox(OutboxPolicy.defaults().sendTimeout(Duration.ofMinutes(5)))
                .shutdownGrace(Duration.ofMillis(400))
                .build();
        hub.start();
        for (int i = 0; i < THREADS; i++) {
            enter(hub, new Peer(false));
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        return hub;
    }

    private static void enter(Hub hub, Peer peer) {
        peer.handler.set(Door.open(hub, BareHandshake.anonymous(), peer));
    }

    @Test
    void neither_the_messages_nor_the_close_of_another_client_wait_for_them() throws Exception {
        HeartbeatPolicy policy =
                HeartbeatPolicy.pingEvery(Duration.ofMillis(100)).jitter(0).answerWithin(Duration.ofMinutes(1));
        try (Hub hub = hub(policy)) {
            CountDownLatch isPingWanted = new CountDownLatch(1);
            hub.timers().after(Duration.ofMillis(400), isPingWanted::countDown);
            enter(hub, new Peer(true));
            assertThat(isPingWanted.await(10, TimeUnit.SECONDS)).isTrue();

            hub.all().send("news", "x");
            assertThat(told.poll(10, TimeUnit.SECONDS)).startsWith("{\"event\":\"news\"");
            hub.all().close(CloseReason.NORMAL);
            assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("closed 1000");
            release.countDown();
        }
    }

    @Test
    void a_client_that_could_not_be_pinged_because_of_them_is_not_ended() throws Exception {
        HeartbeatPolicy policy =
                HeartbeatPolicy.pingEvery(Duration.ofMillis(100)).jitter(0).answerWithin(Duration.ofMillis(100));
        try (Hub hub = hub(policy)) {
            enter(hub, new Peer(true));
            CountDownLatch isLongAfterTheTimeout = new CountDownLatch(1);
            hub.timers().after(Duration.ofSeconds(1), isLongAfterTheTimeout::countDown);

            assertThat(isLongAfterTheTimeout.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(hub.all().size()).isEqualTo(THREADS + 1);
            release.countDown();
        }
    }
}
