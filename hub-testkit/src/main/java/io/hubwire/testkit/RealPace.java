// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The pace of production: the hub's own threads and the wall's clock. For one thread. */
final class RealPace implements Pace {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

    private final WireThread wire = new WireThread();
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Mode mode() {
        return Mode.REAL;
    }

    @Override
    public HubBuilder runtimeOf(HubBuilder application) {
        return application;
    }

    @Override
    public Wire wire() {
        return wire;
    }

    /** Nobody knows when a hub on threads of its own is quiet. */
    @Override
    public void settle() {
        wire.rethrowBlame();
    }

    @Override
    public boolean settleUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        settle();
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for the hub's threads");
            }
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(this, LOOK_AGAIN.toNanos());
            settle();
        }
        return true;
    }

    @Override
    public void awaitOthers(BooleanSupplier condition) {
        if (!settleUntil(condition)) {
            throw new IllegalStateException(
                    "what was waited for has not come within " + LONGEST_WAIT.toMillis() + " ms of real time");
        }
    }

    @Override
    public void advance(Duration duration) {
        throw noVirtualTime("advance by " + duration);
    }

    @Override
    public VirtualTime time() {
        throw noVirtualTime("look at the virtual time");
    }

    private static IllegalStateException noVirtualTime(String what) {
        return new IllegalStateException(
                "cannot " + what
                        + ": in Mode.REAL the clock is the wall's and goes by itself; use Mode.SERIAL or Mode.BATON to own time");
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public String clock() {
        return "the wall's clock from " + start;
    }

    @Override
    public String state() {
        return "the hub runs on the wall's clock (Mode.REAL), " + VirtualTime.offset(elapsed())
                + " after its start; what is expected is awaited for " + LONGEST_WAIT.toSeconds() + " s";
    }

    @Override
    public void shutDown(Hub hub) {
        var unused = hub.shutdown(Duration.ZERO);
        hub.close();
    }

    @Override
    public void close() {
        wire.close();
        wire.rethrowBlame();
    }
}
