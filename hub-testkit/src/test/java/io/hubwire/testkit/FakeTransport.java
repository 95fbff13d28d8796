// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Hub;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.spi.HubRuntime.Work;
import io.hubwire.testkit.contract.ClientHandshake;
import io.hubwire.testkit.contract.Peer;
import io.hubwire.testkit.contract.TransportUnderTest;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The fake connection as a transport: its runtime is driven by a thread of its own instead of the test's. */
public final class FakeTransport implements TransportUnderTest {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final int MOST_UNREAD = 1_000;
    private static final int STOP_SECONDS = 5;
    private static final Duration POLL = Duration.ofNanos(100_000);

    private final SendCompletion completion;
    private final Duration patience;

    public FakeTransport(SendCompletion completion, Duration patience) {
        this.completion = completion;
        this.patience = patience;
    }

    @Override
    public String name() {
        return "Fake " + completion.name().toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Duration patience() {
        return patience;
    }

    @Override
    public Running start(Hub hub) {
        return new Server(hub);
    }

    private final class Server implements Running {
        private final Hub hub;
        private final TestRuntime runtime = TestRuntime.create();
        private final Queue<FakePeer> peers = new ConcurrentLinkedQueue<>();
        private final Queue<RuntimeException> faults = new ConcurrentLinkedQueue<>();
        private final AtomicInteger numbers = new AtomicInteger();
        private final Thread driver = new Thread(this::drive, "fake transport");
        private volatile boolean isStopped;

        Server(Hub hub) {
            this.hub = hub;
            driver.setDaemon(true);
            driver.start();
        }

        private void drive() {
            while (!isStopped) {
                try {
                    runtime.settleUntil(() -> isStopped, Duration.ofMinutes(10));
                } catch (RuntimeException e) {
                    faults.add(e);
                }
            }
        }

        /** A socket takes only so much at a time, and a runtime runs only so many tasks until it rests. */
        private void awaitRoom() {
            if (runtime.waitingTasks() > MOST_UNREAD) {
                while (!isStopped && runtime.waitingTasks() > 0) {
                    LockSupport.parkNanos(POLL.toNanos());
                }
            }
        }

        /** What the hub has sent is on its way to the peers until the driver finds nothing more to do. */
        private void awaitDelivered() {
            boolean isIdle = false;
            while (!isIdle) {
                CompletableFuture<Boolean> found = new CompletableFuture<>();
                runtime.execute(Work.HANDLER, "delivered", () -> found.complete(runtime.waitingTasks() == 0));
                isIdle = found.orTimeout(STOP_SECONDS, TimeUnit.SECONDS).join();
            }
        }

        private void awaitDriver() {
            try {
                driver.join(Duration.ofSeconds(STOP_SECONDS).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Peer connect(ClientHandshake handshake) {
            FakePeer peer = new FakePeer(handshake, patience, this::awaitRoom);
            peers.add(peer);
            runtime.execute(Work.HANDLER, "admission", () -> {
                var unused = hub.acceptor()
                        .admit(peer.handshake())
                        .thenAccept(result -> runtime.execute(Work.HANDLER, "admission", () -> answer(peer, result)));
            });
            return peer;
        }

        private void answer(FakePeer peer, HandshakeResult result) {
            if (result instanceof HandshakeResult.Refused refused) {
                peer.refused(refused);
            } else if (result instanceof HandshakeResult.Accepted place) {
                open(peer, place);
            }
        }

        private void open(FakePeer peer, HandshakeResult.Accepted place) {
            String name = "peer " + numbers.incrementAndGet();
            ConnectionTraits traits = new ConnectionTraits(completion, BUFFER_BYTES, Duration.ZERO);
            FakeConnection connection = new FakeConnection(Wire.of(runtime), name, traits);
            connection.attach(peer);
            if (!peer.opened(connection)) {
                place.release();
                return;
            }
            ConnectionHandler handler = place.open(connection);
            connection.attach(handler);
        }

        @Override
        public void close() {
            if (isStopped) {
                return;
            }
            hub.close();
            awaitDelivered();
            peers.forEach(FakePeer::close);
            runtime.execute(Work.HANDLER, "stop", () -> isStopped = true);
            awaitDriver();
            if (!faults.isEmpty()) {
                throw new IllegalStateException("the fake was misused", faults.peek());
            }
        }
    }
}
