// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Checks that each client gets every {@link Tick} in order, and paces their publisher by what the clients that count have received: at
 * most so many ticks are on their way. One swarm reports to it; the clients that count are its first ones.
 */
final class TickLedger implements RawSwarm.Listener {
    private static final int PATIENCE_SECONDS = 60;

    private final int counting;
    private final int window;
    private final Semaphore open;
    private final AtomicInteger others = new AtomicInteger();

    /** By client: the next tick. The swarm's thread only. */
    private final int[] next;

    /** By tick, in a ring: how many of the clients that count have it. The swarm's thread only. */
    private final int[] reached;

    /** A ledger for so many clients in all, of which the first {@code counting} hold up the publisher. */
    TickLedger(int clients, int counting, int window) {
        this.counting = counting;
        this.window = window;
        this.open = new Semaphore(window);
        this.next = new int[clients];
        this.reached = new int[window];
    }

    @Override
    public void onText(SwarmClient client, ByteBuffer text) {
        int n = Tick.numberOf(text);
        if (n < 0) {
            others.incrementAndGet();
            return;
        }
        int expected = next[client.number()]++;
        if (n != expected) {
            throw new IllegalStateException("client " + client.number() + " got tick " + n + ", expected " + expected);
        }
        if (client.number() < counting) {
            onCounted(n);
        }
    }

    private void onCounted(int n) {
        if (++reached[n % window] == counting) {
            reached[n % window] = 0;
            open.release();
        }
    }

    /** How many messages came that are no ticks. */
    int others() {
        return others.get();
    }

    /** Waits until one more tick may be sent. */
    void awaitRoom() throws InterruptedException, TimeoutException {
        if (!open.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("clients without the oldest tick: " + Arrays.toString(reached));
        }
    }

    /** Waits a moment for room for one more tick; false if there was none. */
    boolean hasRoomSoon() throws InterruptedException {
        return open.tryAcquire(50, TimeUnit.MILLISECONDS);
    }

    /** Waits until all who count have all that was sent. */
    void awaitAll() throws InterruptedException, TimeoutException {
        if (!open.tryAcquire(window, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("clients with the last ticks: " + Arrays.toString(reached));
        }
        open.release(window);
    }
}
