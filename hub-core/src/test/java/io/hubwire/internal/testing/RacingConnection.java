// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A connection that completes some sends inside the call and others on another thread, and watches that no two operations overlap.
 * Thread-safe.
 */
public final class RacingConnection implements Connection {
    private final Executor container;
    private final Random random;
    private final List<String> sent = new ArrayList<>();
    private final CountDownLatch expected;
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger pings = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();
    private final AtomicInteger aborts = new AtomicInteger();

    /** Expects so many messages; {@code container} has the threads that complete the others. */
    public RacingConnection(Executor container, long seed, int expectedMessages) {
        this.container = container;
        this.random = new Random(seed);
        this.expected = new CountDownLatch(expectedMessages);
    }

    @Override
    public void send(Frame frame, SendCallback done) {
        overlaps.addAndGet(inProgress.getAndIncrement());
        boolean isInline;
        synchronized (sent) {
            sent.add(frame.text());
            isInline = random.nextInt(100) < 60;
        }
        if (isInline) {
            complete(done);
        } else {
            container.execute(() -> complete(done));
        }
    }

    private void complete(SendCallback done) {
        inProgress.decrementAndGet();
        done.completed(null);
        expected.countDown();
    }

    @Override
    public void ping() {
        overlaps.addAndGet(inProgress.getAndIncrement());
        pings.incrementAndGet();
        Thread.yield(); // so that others could come in between
        inProgress.decrementAndGet();
    }

    @Override
    public void close(CloseReason reason) {
        closes.incrementAndGet();
    }

    @Override
    public void abort() {
        aborts.incrementAndGet();
    }

    /** Whether everything that was expected has been sent within some seconds. */
    public boolean hasEverything(int seconds) throws InterruptedException {
        return expected.await(seconds, TimeUnit.SECONDS);
    }

    /** What was sent, in order. */
    public List<String> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    /** How often an operation began while another was in progress. */
    public int overlaps() {
        return overlaps.get();
    }

    /** How many pings were sent. */
    public int pings() {
        return pings.get();
    }

    /** How often it was closed. */
    public int closes() {
        return closes.get();
    }

    /** How often it was cut. */
    public int aborts() {
        return aborts.get();
    }
}
