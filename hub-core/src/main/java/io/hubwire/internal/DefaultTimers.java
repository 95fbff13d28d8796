// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Timers;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Cancellable;
import io.hubwire.spi.HubRuntime.Work;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The runtime's clock and timers as the application sees them, until the hub shuts down. Thread-safe. */
final class DefaultTimers implements Timers {
    private static final Logger LOG = System.getLogger(Timers.class.getName());
    private static final String LABEL = "application timer";

    /** As good as for ever, and small enough for a count of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final HubRuntime runtime;
    private final Set<Scheduled> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    DefaultTimers(HubRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Instant now() {
        return runtime.now();
    }

    @Override
    public Task at(Instant time, Runnable task) {
        Duration delay = Duration.between(now(), time);
        return start(delay.isNegative() ? Duration.ZERO : delay, null, task);
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("timer delay is " + delay + ", allowed is zero or more");
        }
        return start(delay, null, task);
    }

    @Override
    public Task every(Duration period, Runnable task) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("timer period is " + period + ", allowed is more than zero");
        }
        return start(period, period, task);
    }

    @Override
    public Executor executor() {
        return task -> runtime.execute(Work.HANDLER, LABEL, task);
    }

    /** Calls off what is pending; nothing starts any more. */
    void close() {
        isClosed = true;
        pending.forEach(Scheduled::cancel);
    }

    private Task start(Duration delay, @Nullable Duration period, Runnable task) {
        Scheduled scheduled = new Scheduled(task, period);
        pending.add(scheduled);
        scheduled.schedule(delay);
        return scheduled;
    }

    /** A task with its timer: the timer only hands it to the executor. */
    private final class Scheduled implements Task {
        private final Runnable task;
        private final @Nullable Duration period;
        private volatile @Nullable Cancellable timer;
        private volatile boolean isCancelled;

        Scheduled(Runnable task, @Nullable Duration period) {
            this.task = task;
            this.period = period;
        }

        void schedule(Duration delay) {
            try {
                timer = runtime.schedule(LABEL, delay.compareTo(LONGEST) > 0 ? LONGEST : delay, this::due);
            } catch (RejectedExecutionException closed) {
                isCancelled = true;
            }
            if (isCancelled || isClosed) {
                cancel();
            }
        }

        @Override
        public void cancel() {
            isCancelled = true;
            pending.remove(this);
            Cancellable current = timer;
            if (current != null) {
                current.cancel();
            }
        }

        private void due() {
            try {
                runtime.execute(Work.HANDLER, LABEL, this::run);
            } catch (RejectedExecutionException closed) {
                pending.remove(this);
            }
        }

        private void run() {
            if (isCancelled) {
                return;
            }
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                LOG.log(Level.ERROR, "a timer's task failed", failure);
            }
            if (period == null) {
                pending.remove(this);
            } else if (!isCancelled) {
                schedule(period);
            }
        }
    }
}
