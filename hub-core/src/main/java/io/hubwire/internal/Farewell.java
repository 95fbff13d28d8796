// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Tells the clients of a hub that stops when to come back, if they understand it: each at a time of its own, so that they do not all
 * stand at the next hub's door at once. Thread-safe.
 */
final class Farewell {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final double NANOS_PER_SECOND = 1e9;

    private final ClientDirectory<ClientSession> clients;
    private final HubRuntime runtime;
    private final int returnsPerSecond;

    /** {@code returnsPerSecond} is how many the next hub lets in, if it is like this one. */
    Farewell(ClientDirectory<ClientSession> clients, HubRuntime runtime, int returnsPerSecond) {
        this.clients = clients;
        this.runtime = runtime;
        this.returnsPerSecond = returnsPerSecond;
    }

    /** Never blocks; writers send it. */
    void tell(Duration grace) {
        List<ClientSession> told = new ArrayList<>();
        for (ClientSession client : clients.all()) {
            if (client.resumption() != null && !client.isAway()) {
                told.add(client);
            }
        }
        for (int i = told.size() - 1; i > 0; i--) {
            Collections.swap(told, i, runtime.random().nextInt(i + 1));
        }
        long window = window(told.size(), grace).toMillis();
        for (int i = 0; i < told.size(); i++) {
            tell(told.get(i), window * i / told.size());
        }
    }

    private Duration window(int count, Duration grace) {
        Duration needed = Duration.ofNanos((long) (count * NANOS_PER_SECOND / returnsPerSecond));
        Duration allowed = needed.compareTo(grace) > 0 ? grace : needed;
        return allowed.compareTo(SHORTEST) < 0 ? SHORTEST : allowed;
    }

    private static void tell(ClientSession client, long reconnectInMs) {
        client.offer(client.context().messages().control("hub/drain", Map.of("reconnectInMs", reconnectInMs)), false);
    }
}
