// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.containers.Server;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.protocol.CloseReason;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A thousand clients, fifty of which stop reading, under the default limits of an outbox. */
@Isolated
class BroadcastWithStalledClientsTest {
    private static final int HEALTHY = 950;
    private static final int STALLED = 50;
    private static final int GROUPS = 100;
    private static final int WARM_UP = 200;
    private static final int BROADCASTS = 600;

    /** So many of them one after the other, group by group: then nothing waits, and the publisher itself writes to everybody. */
    private static final int WRITTEN_BY_PUBLISHER = 100;

    /** Far below the default 256: the limit of the whole hub, 256 MiB, has to do for all clients. */
    private static final int UNDELIVERED = 48;

    /** A leak of four bytes for each delivery would be more, and what waited for two of the stalled as well. */
    private static final long HEAP_TOLERANCE = 2 << 20;

    /** Always as many, since each keeps buffers as long as it lives. */
    private static final int CONTAINER_THREADS = 16;

    private final Queue<WeakReference<Client>> sessions = new ConcurrentLinkedQueue<>();
    private final Queue<CloseReason> ends = new ConcurrentLinkedQueue<>();
    private final Figures sendTimes = new Figures();
    private final TickLedger ledger = new TickLedger(HEALTHY + STALLED, HEALTHY, UNDELIVERED);
    private final Hub hub = Hub.builder()
            .install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
            .emits(Tick.TYPE)
            .heartbeat(HeartbeatPolicy.none()) // Tomcat ends whoever has no room for a ping, which is another matter
            .connections(ConnectionLimits.defaults().handshakesPerSecond(100_000, 100_000))
            .onConnect(client -> sessions.add(new WeakReference<>(client)))
            .onDisconnect((client, reason) -> ends.add(reason))
            .build();
    private final Server server = Server.setup()
            .sendBuffer(16 << 10)
            .threads(CONTAINER_THREADS)
            .serve(HubEndpoint.serving(hub))
            .start();
    private final RawSwarm swarm = new RawSwarm(server, ledger);
    private int published;

    @BeforeEach
    void connect() throws Exception {
        swarm.connect(HEALTHY, STALLED);
        for (SwarmClient client : swarm.clients()) {
            client.send("{\"event\":\"join\",\"data\":{\"id\":\"room-" + client.number() % GROUPS + "\"}}");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> ledger.others() == HEALTHY + STALLED);
    }

    @AfterEach
    void stop() throws Exception {
        swarm.close();
        server.close();
    }

    @Test
    void the_others_get_everything_in_order_and_no_publisher_ever_waits_for_the_stalled() throws Exception {
        assertThat(groupSizes()).containsOnly((HEALTHY + STALLED) / GROUPS);
        publish(WARM_UP);
        ledger.awaitAll();
        long heapBefore = heapWithoutContainer();
        swarm.clients().subList(HEALTHY, HEALTHY + STALLED).forEach(SwarmClient::stopReading);

        long cpuBefore = JvmState.cpuNanos();
        long start = System.nanoTime();
        FutureTask<Void> publishing = new FutureTask<>(() -> {
            publishByGroups(WRITTEN_BY_PUBLISHER);
            return publish(BROADCASTS - WRITTEN_BY_PUBLISHER);
        });
        Thread publisher = new Thread(publishing, "publisher");
        StackSampler sampler = new StackSampler(publisher);
        publisher.start();
        publishing.get(120, TimeUnit.SECONDS);
        sampler.close();
        System.out.println("publisher's stack: " + sampler);
        assertThat(sampler.blocked()).isEmpty();
        ledger.awaitAll();
        long wall = System.nanoTime() - start;
        long cpu = JvmState.cpuNanos() - cpuBefore;

        swarm.requireHealthy();
        await().until(() -> ends.size() == STALLED);
        assertThat(ends).containsOnly(CloseReason.SLOW_CONSUMER);
        assertThat(hub.online().devices().count()).isEqualTo(HEALTHY);
        assertThat(groupSizes()).containsOnly(HEALTHY / GROUPS, HEALTHY / GROUPS + 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> server.connectionCount() == HEALTHY);
        await().atMost(Duration.ofSeconds(20)).until(() -> collected() == STALLED);
        long heapAfter = heapWithoutContainer();
        report(wall, cpu, heapBefore, heapAfter);
        assertThat(heapAfter - heapBefore).isLessThan(HEAP_TOLERANCE);
    }

    private long heapWithoutContainer() {
        return JvmState.liveHeap() - server.keptBytes();
    }

    private List<Integer> groupSizes() {
        return IntStream.range(0, GROUPS)
                .mapToObj(i -> hub.group("room-" + i).size())
                .toList();
    }

    private Void publish(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            ledger.awaitRoom();
            Tick tick = Tick.of(published++);
            long start = System.nanoTime();
            hub.all().send(Tick.TYPE, tick);
            sendTimes.add(System.nanoTime() - start);
        }
        return null;
    }

    private void publishByGroups(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Tick tick = Tick.of(published++);
            ledger.awaitRoom();
            for (int group = 0; group < GROUPS; group++) {
                hub.group("room-" + group).send(Tick.TYPE, tick);
            }
            ledger.awaitAll();
        }
    }

    private long collected() {
        System.gc();
        return sessions.stream().filter(session -> session.get() == null).count();
    }

    private void report(long wall, long cpu, long heapBefore, long heapAfter) {
        System.out.println("publisher's send: " + sendTimes);
        System.out.printf(
                Locale.ROOT,
                "%d broadcasts to %d in %.1f s, %.1f CPU µs for each delivery, clients included; live heap without the container's pools %.1f MiB before, %.1f after%n",
                BROADCASTS,
                HEALTHY,
                wall / 1e9,
                cpu / 1e3 / BROADCASTS / HEALTHY,
                heapBefore / 1048576.0,
                heapAfter / 1048576.0);
    }
}
