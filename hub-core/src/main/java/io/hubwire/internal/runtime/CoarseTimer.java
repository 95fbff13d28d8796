// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Cancellable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One timer for many items: deadlines are rounded up to ticks of 0.1 s, and all items of a tick share one timer of the runtime.
 *
 * <p>An item costs one reference. There is no cancelling: an item whose deadline no longer matters ignores the call. Thread-safe;
 * items are called on the runtime's timer thread, outside the lock.
 *
 * @param <T> the items
 */
public final class CoarseTimer<T> {
    /** What to do when an item is due. */
    @FunctionalInterface
    public interface Action<T> {
        /** Called once for each deadline; {@code lateNanos} is how far behind the tick it is. Must not throw or block. */
        void due(T item, long lateNanos);
    }

    private static final Logger LOG = System.getLogger(CoarseTimer.class.getName());
    private static final long TICK_NANOS = Duration.ofMillis(100).toNanos();

    private final HubRuntime runtime;
    private final String label;
    private final Action<T> action;
    private final long origin;

    @GuardedBy("this")
    private final TreeMap<Long, List<T>> ticks = new TreeMap<>();

    @GuardedBy("this")
    private @Nullable Cancellable timer;

    @GuardedBy("this")
    private long timerTick = Long.MAX_VALUE;

    /** The last tick whose items were called; an item is never added to one that is over, so that time goes on. */
    private long polledTick = -1;

    @GuardedBy("this")
    private boolean isClosed;

    /** A timer without items; {@code label} names it among the runtime's pending timers. */
    public CoarseTimer(HubRuntime runtime, String label, Action<T> action) {
        this.runtime = runtime;
        this.label = label;
        this.action = action;
        this.origin = runtime.nanoTime();
    }

    /** Calls the action with the item at {@code dueNanos} of the runtime's monotonic time, or up to a tick later. */
    public synchronized void add(T item, long dueNanos) {
        if (isClosed) {
            return;
        }
        long tick = Math.max(polledTick + 1, Math.floorDiv(dueNanos - origin + TICK_NANOS - 1, TICK_NANOS));
        ticks.computeIfAbsent(tick, unused -> new ArrayList<>(1)).add(item);
        if (tick < timerTick) {
            startTimer(tick);
        }
    }

    /** Forgets all items. */
    public synchronized void close() {
        isClosed = true;
        ticks.clear();
        cancelTimer();
    }

    @GuardedBy("this")
    private void startTimer(long tick) {
        cancelTimer();
        timerTick = tick;
        long delay = Math.max(0, origin + tick * TICK_NANOS - runtime.nanoTime());
        timer = runtime.schedule(label, Duration.ofNanos(delay), this::fire);
    }

    @GuardedBy("this")
    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        timerTick = Long.MAX_VALUE;
    }

    private void fire() {
        long now = runtime.nanoTime();
        for (List<T> due = pollDue(now); due != null; due = pollDue(now)) {
            long late = now - dueAt();
            for (T item : due) {
                call(item, Math.max(0, late));
            }
        }
    }

    /** Whatever one item throws, the others are called and the timer goes on. */
    private void call(T item, long lateNanos) {
        try {
            action.due(item, lateNanos);
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, label + " failed", failure);
        }
    }

    /** When the tick that was polled last was due; only the timer thread polls. */
    private long dueAt() {
        return origin + polledTick * TICK_NANOS;
    }

    private synchronized @Nullable List<T> pollDue(long now) {
        long tick = ticks.isEmpty() ? Long.MAX_VALUE : ticks.firstKey();
        if (tick == Long.MAX_VALUE || origin + tick * TICK_NANOS > now) {
            cancelTimer(); // not only the one that fires: an item that was due already may have begun another
            if (tick != Long.MAX_VALUE) {
                startTimer(tick);
            }
            return null;
        }
        polledTick = tick;
        return ticks.remove(tick);
    }
}
