// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.containers.Server;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubObserver;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Isolated;

/** Many thousand clients that come and are gone at any moment. */
@Isolated
class ConnectionChurnTest {
    private static final int CONNECTIONS = 20_000;
    private static final int WARM_UP = 2_000;
    private static final int DRIVERS = 8;

    /**
     * More than there are at a time: Tomcat never opens a socket that was reset behind its request, and does not say so, and then the
     * place is given back a second later.
     */
    private static final int PLACES = 256;

    private static final int PLACES_OF_A_USER = 64;
    private static final long SEED = new Random().nextLong();
    private static final long HEAP_TOLERANCE = 1 << 20;
    private static final long DESCRIPTOR_TOLERANCE = 8;

    /** Of the container's pool: some fill it only when they need it, and may not have needed all in the beginning. */
    private static final int CONTAINER_THREADS = 32;

    /** As many as a hub has when all are needed: for handlers, for closes, for writes, and for time. */
    private static final int HUB_THREADS = 64 + 64 + 4 + 1;

    /** A timer keeps some bytes of a session until its next beat is due. */
    private static final HeartbeatPolicy SHORT_HEARTBEAT = HeartbeatPolicy.pingEvery(ofSeconds(1));

    private static final EventType<String> NEWS = EventType.of("load/news", String.class);
    private static final EventType<Void> STAYING = EventType.of("load/staying");

    private final Map<String, CountDownLatch> ended = new ConcurrentHashMap<>();
    private final Queue<WeakReference<Client>> sessions = new ConcurrentLinkedQueue<>();
    private final AtomicInteger disconnects = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger garbled = new AtomicInteger();
    private final Hub hub = Hub.builder()
            .install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-1")))
            .authenticator(handshake -> Admission.asUser(handshake.query("user").orElseThrow()))
            .connections(ConnectionLimits.defaults()
                    .total(PLACES)
                    .perUser(PLACES_OF_A_USER)
                    .handshakesPerSecond(100_000, 100_000)
                    .openTime(ofSeconds(1)))
            .heartbeat(SHORT_HEARTBEAT)
            .observer(new HubObserver() {
                @Override
                public void clientConnected(String client) {
                    ended.put(client, new CountDownLatch(1));
                }

                @Override
                public void clientDisconnected(String client, CloseReason reason) {
                    ended.remove(client).countDown();
                }
            })
            .onConnect(client -> sessions.add(new WeakReference<>(client)))
            .onDisconnect((client, reason) -> disconnects.incrementAndGet())
            .on("load/stay", this::stay)
            .build();
    private final ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService drivers = Executors.newFixedThreadPool(DRIVERS);
    private final Server server = Server.setup()
            .threads(CONTAINER_THREADS)
            .serve(HubEndpoint.serving(hub))
            .start();

    /** A handler that is still there when its client is gone. */
    private void stay(Client client) throws InterruptedException {
        CountDownLatch isEnded = ended.get(client.id());
        client.send(STAYING);
        if (isEnded != null && !isEnded.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the end of " + client + " was not noticed");
        }
    }

    @BeforeEach
    void start() {
        publisher.scheduleAtFixedRate(() -> hub.all().send(NEWS, "x".repeat(200)), 0, 3, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() {
        publisher.shutdownNow();
        drivers.shutdownNow();
        server.close();
    }

    @Test
    void nothing_of_them_is_left(TestReporter report) throws Exception {
        visit(WARM_UP, SEED);
        awaitNobody();
        List<String> threads = JvmState.otherThreads();
        long descriptors = JvmState.fileDescriptors();
        long kept = server.keptBytes();
        long heap = JvmState.liveHeap();

        long start = System.nanoTime();
        visit(CONNECTIONS, SEED + DRIVERS);
        long took = System.nanoTime() - start;

        awaitNobody();
        report.publishEntry("visits", visits(took));
        await().atMost(ofSeconds(20)).until(() -> collected() == sessions.size());
        assertThat(disconnects).hasValue(sessions.size());
        sessions.clear();
        long keptByContainer = server.keptBytes() - kept;
        long heapLimit = heap + HEAP_TOLERANCE + keptByContainer;
        await().atMost(ofSeconds(10)).until(() -> JvmState.liveHeap() < heapLimit);
        report.publishEntry(
                "left",
                "threads %d then %d, file descriptors %d then %d, live heap %+d KiB, of which the container keeps %d"
                        .formatted(
                                threads.size(),
                                JvmState.otherThreads().size(),
                                descriptors,
                                JvmState.fileDescriptors(),
                                (JvmState.liveHeap() - heap) / 1024,
                                keptByContainer / 1024));
        assertThat(garbled).hasValueLessThanOrEqualTo(Server.STARTER.garbledRequests());
        assertThat(JvmState.otherThreads())
                .as("threads, before: %s", threads)
                .hasSizeLessThanOrEqualTo(threads.size() + CONTAINER_THREADS);
        assertThat(JvmState.hubThreads()).hasSizeLessThanOrEqualTo(HUB_THREADS);
        assertThat(JvmState.fileDescriptors()).isLessThanOrEqualTo(descriptors + DESCRIPTOR_TOLERANCE);
        assertThatEveryPlaceIsFree();
    }

    private String visits(long nanos) {
        return "%d connections in %.1f s, %d sessions, %d refused for want of a place; seed %d"
                .formatted(CONNECTIONS, nanos / 1e9, sessions.size(), refusals.get(), SEED);
    }

    private void visit(int count, long seed) throws Exception {
        List<Future<?>> done = new ArrayList<>();
        for (int driver = 0; driver < DRIVERS; driver++) {
            Random random = new Random(seed + driver);
            String user = "user-" + driver;
            done.add(drivers.submit(() -> {
                for (int i = 0; i < count / DRIVERS; i++) {
                    visitOnce(user, random);
                }
                return null;
            }));
        }
        for (Future<?> driver : done) {
            driver.get(180, TimeUnit.SECONDS);
        }
    }

    /** Again, if there is no room. */
    private void visitOnce(String user, Random random) throws Exception {
        Visit visit = Visit.values()[random.nextInt(Visit.values().length)];
        for (int attempt = 0; attempt < 10_000; attempt++) {
            switch (visit.perform(server.port(), user, random)) {
                case REFUSED -> refusals.incrementAndGet();
                case GARBLED -> garbled.incrementAndGet();
                default -> {
                    return;
                }
            }
        }
        throw new AssertionError("no place for " + visit + " of " + user + ", seed " + SEED);
    }

    private void awaitNobody() {
        await().atMost(ofSeconds(20))
                .until(() -> server.connectionCount() == 0
                        && hub.online().devices().count() == 0
                        && disconnects.get() == sessions.size()
                        && ended.isEmpty());
        assertThat(hub.online().users().count()).isZero();
        assertThat(hub.group("room-1").size()).isZero();
        assertThat(hub.all().size()).isZero();
    }

    private long collected() {
        System.gc();
        return sessions.stream().filter(session -> session.get() == null).count();
    }

    private void assertThatEveryPlaceIsFree() throws Exception {
        await().atMost(ofSeconds(5))
                .ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(() -> {
                    List<RawPeer> peers = new ArrayList<>();
                    try {
                        for (int i = 0; i < PLACES; i++) {
                            peers.add(server.peer()
                                    .path("/ws?user=user-" + i / PLACES_OF_A_USER)
                                    .open());
                        }
                        assertThat(server.peer()
                                        .path("/ws?user=one-more")
                                        .exchange()
                                        .status())
                                .isEqualTo(503);
                    } finally {
                        for (RawPeer peer : peers) {
                            peer.close();
                        }
                    }
                });
    }
}
