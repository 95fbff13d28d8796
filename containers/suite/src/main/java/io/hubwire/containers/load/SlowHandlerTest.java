// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawPeer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** One client whose handler is slow, and one whose handler is not. */
@Isolated
class SlowHandlerTest {
    /** As many as may wait for a client by default, and the one that runs. */
    private static final int EVENTS = 60;

    private final Semaphore mayHandle = new Semaphore(0);
    private final List<Integer> handled = new CopyOnWriteArrayList<>();
    private final Hub hub = Hub.builder()
            .on("load/slow", Integer.class, (client, n) -> {
                mayHandle.acquire();
                handled.add(n);
            })
            .onRequest("load/echo", Integer.class, (client, n) -> n)
            .build();

    @AutoClose
    private final Server server = Server.of(hub);

    @Test
    void its_events_are_handled_in_the_order_of_their_arrival_and_the_other_client_is_not_delayed() throws Exception {
        Figures roundTrips = new Figures();
        try (RawPeer slow = server.peer().open();
                RawPeer other = server.peer().open()) {
            for (int n = 0; n < EVENTS; n++) {
                slow.sendText("{\"event\":\"load/slow\",\"data\":" + n + "}");
            }
            for (int n = 0; n < EVENTS; n++) {
                long start = System.nanoTime();
                other.sendText("{\"event\":\"load/echo\",\"data\":" + n + "}");
                assertThat(other.receiveText()).startsWith("{\"event\":\"load/echo\",\"data\":" + n + ",");
                roundTrips.add(System.nanoTime() - start);
                assertThat(handled).hasSizeLessThanOrEqualTo(n);
                mayHandle.release();
            }

            await().until(() -> handled.size() == EVENTS);
            assertThat(handled).isEqualTo(IntStream.range(0, EVENTS).boxed().toList());
        }
        System.out.println("requests of another client beside a slow handler: " + roundTrips);
        assertThat(roundTrips.atMost(1)).isLessThan(TimeUnit.SECONDS.toNanos(1));
    }
}
