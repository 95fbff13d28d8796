// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.InboundLimits;
import io.hubwire.spi.HubRuntime.Work;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The lane in which a client's messages are handled: one at a time, in the order of their arrival, bounded by count and bytes.
 *
 * <p>It owns no thread: while there is work, one task of the hub's executor drains it, for a turn at a time so that no client holds
 * a thread for ever. Thread-safe; jobs run without the lock.
 */
public final class Mailbox implements Runnable {
    private static final Logger LOG = System.getLogger(Mailbox.class.getName());
    private static final int TURN = 16;

    /** One piece of work in the lane. */
    public interface Job {
        /**
         * Does it. What it throws is logged, and the lane goes on.
         *
         * @return null when it is over, or what completes when it is
         */
        @Nullable
        CompletionStage<?> run();

        /** What it holds in memory while it waits. */
        default int bytes() {
            return 0;
        }

        /** When it has taken too long, {@link Long#MAX_VALUE} if never; asked while it runs. */
        default long deadlineNanos() {
            return Long.MAX_VALUE;
        }

        /** It has taken too long. Called on the timer's thread, perhaps when it is over. */
        default void timeOut() {}
    }

    private final ClientSession session;

    /** Allocated when something has to wait behind a job that runs. */
    @GuardedBy("this")
    private @Nullable ArrayDeque<Job> waiting;

    /** The next job of an idle lane, so that a lane that is never behind needs no queue. */
    @GuardedBy("this")
    private @Nullable Job next;

    /** What runs when everything else is over. */
    @GuardedBy("this")
    private @Nullable Job last;

    @GuardedBy("this")
    private int count;

    @GuardedBy("this")
    private long bytes;

    @GuardedBy("this")
    private boolean isRunning;

    @GuardedBy("this")
    private boolean isFinished;

    @GuardedBy("this")
    private long watchedUntil = Long.MAX_VALUE;

    private volatile @Nullable Job current;

    Mailbox(ClientSession session) {
        this.session = session;
    }

    /** Adds a client's message; false if there is no room for it. */
    public boolean offer(Job job) {
        synchronized (this) {
            if (isFinished || !tryReserve(job)) {
                return false;
            }
            if (!enqueue(job)) {
                return true;
            }
        }
        schedule();
        return true;
    }

    /** Adds the hub's own work, which always has room; without effect after the end. */
    public void add(Job job) {
        synchronized (this) {
            if (isFinished || !enqueue(job)) {
                return;
            }
        }
        schedule();
    }

    /** Runs a job on this thread if the lane is free; false if it is not. What came meanwhile goes to the hub's executor. */
    public boolean tryRun(Job job) {
        synchronized (this) {
            if (isRunning || isFinished) {
                return false;
            }
            isRunning = true;
        }
        if (runOne(job) && hasMore()) {
            schedule();
        }
        return true;
    }

    /** Takes no more; {@code lastJob} runs when what waits is over, or is forgotten. */
    void finish(boolean forgetWaiting, Job lastJob) {
        synchronized (this) {
            if (isFinished) {
                return;
            }
            isFinished = true;
            last = lastJob;
            if (forgetWaiting) {
                forget();
            }
            if (isRunning) {
                return;
            }
            isRunning = true;
        }
        schedule();
    }

    @Override
    public void run() {
        for (int turn = 0; turn < TURN; turn++) {
            Job job = poll();
            if (job == null || !runOne(job)) {
                return;
            }
        }
        schedule();
    }

    /** Runs a job; returns whether the lane may go on at once. If not, it goes on when the job completes. */
    private boolean runOne(Job job) {
        current = job;
        CompletionStage<?> pending = resultOf(job);
        if (pending == null || pending.toCompletableFuture().isDone()) {
            current = null;
            return true;
        }
        pending.whenComplete((result, failure) -> {
            current = null;
            schedule();
        });
        return false;
    }

    private @Nullable CompletionStage<?> resultOf(Job job) {
        try {
            return job.run();
        } catch (Throwable failure) { // whatever it is, what waits behind it is not to blame
            LOG.log(Level.ERROR, () -> "a job in the lane of " + session + " failed", failure);
            return null;
        }
    }

    /** To be called by a job when it starts: somebody looks at it when its time is over. */
    public void watch(Job job) {
        long deadline = job.deadlineNanos();
        synchronized (this) {
            if (watchedUntil <= deadline) {
                return; // the look that is due before will see this job
            }
            watchedUntil = deadline;
        }
        session.context().deadlines().watchHandler(session, deadline);
    }

    /** The look that was asked for: a job whose time is over is told, another one is looked at again. */
    public void checkTime(long nowNanos) {
        synchronized (this) {
            if (nowNanos < watchedUntil) {
                return; // another look is due later, so that there is one at a time
            }
            watchedUntil = Long.MAX_VALUE;
        }
        Job job = current;
        if (job == null) {
            return;
        }
        if (job.deadlineNanos() <= nowNanos) {
            job.timeOut();
        } else {
            watch(job);
        }
    }

    /** Ends the job that runs, as if its time were over. */
    public void interrupt() {
        Job job = current;
        if (job != null) {
            job.timeOut();
        }
    }

    private void schedule() {
        session.context().execute(Work.HANDLER, session.id(), this);
    }

    private synchronized @Nullable Job poll() {
        Job job = next;
        next = null;
        if (job == null && waiting != null) {
            job = waiting.poll();
            if (waiting.isEmpty()) {
                waiting = null;
            }
        }
        if (job == null) {
            job = last;
            last = null;
            isRunning = job != null;
            return job;
        }
        release(job);
        return job;
    }

    /** A job is over; returns whether another waits, otherwise the lane is free. */
    private synchronized boolean hasMore() {
        isRunning = waiting != null || last != null;
        return isRunning;
    }

    /** Returns whether the lane was free and has to be scheduled. */
    @GuardedBy("this")
    private boolean enqueue(Job job) {
        if (!isRunning) {
            isRunning = true;
            next = job;
            return true;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(job);
        return false;
    }

    @GuardedBy("this")
    private boolean tryReserve(Job job) {
        InboundLimits limits = session.context().limits();
        boolean hasRoom = count < limits.mailboxMessages()
                && bytes + job.bytes() <= limits.mailboxBytes()
                && session.context().mailboxBudget().tryTake(job.bytes(), bytes);
        if (hasRoom) {
            count++;
            bytes += job.bytes();
        }
        return hasRoom;
    }

    /** The hub's own jobs have no bytes and are not counted. */
    @GuardedBy("this")
    private void release(Job job) {
        if (job.bytes() > 0) {
            count--;
            bytes -= job.bytes();
            session.context().mailboxBudget().give(job.bytes());
        }
    }

    @GuardedBy("this")
    private void forget() {
        if (next != null) {
            release(next);
            next = null;
        }
        if (waiting != null) {
            waiting.forEach(this::release);
            waiting = null;
        }
    }
}
