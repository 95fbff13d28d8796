// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubRuntime.Interruptible;
import io.hubwire.testkit.TaskQueue.Task;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A thread for user code that may wait for the hub. It runs only while it has the {@link Baton}: from when it gets a turn
 * until its task is done, or waits.
 *
 * <p>Between two turns it takes part in nothing, so that no interrupt is delivered to it: one that comes is kept for the
 * next turn.
 */
final class BatonThread implements Runnable, Interruptible {
    /** From when the thread gets the baton until it gives it back. */
    private static final class Turn {
        final Optional<Task> task;
        final boolean isLast;
        final CountDownLatch over = new CountDownLatch(1);
        volatile @Nullable Throwable failure;

        Turn(Optional<Task> task, boolean isLast) {
            this.task = task;
            this.isLast = isLast;
        }
    }

    /** One time that it waits; what comes later does not concern it. */
    private static final class Wait {
        final String what;
        boolean isInterrupted;

        /** Whether there is a reason already to end it. */
        boolean isCalled;

        Wait(String what) {
            this.what = what;
        }
    }

    private final Baton baton;
    private final Thread thread;
    private final BlockingQueue<Turn> turns = new LinkedBlockingQueue<>();
    private Turn turn = new Turn(Optional.empty(), false);
    private volatile String strand = "";

    @GuardedBy("this")
    private @Nullable Wait wait;

    BatonThread(Baton baton, int number) {
        this.baton = baton;
        this.thread = new Thread(this, "hubwire-test-handler-" + number);
        thread.setDaemon(true);
        thread.start();
    }

    // --- the test's thread

    /** Hands it the baton with a task, or for it to go on; returns when it gives the baton back. */
    void takeTurn(Optional<Task> task, Duration longest) {
        task.ifPresent(begun -> strand = begun.strand());
        Turn next = new Turn(task, false);
        turns.add(next);
        if (!isOverWithin(longest, next)) {
            throw new IllegalStateException("a task of strand '" + strand + "' has run for " + longest.toMillis()
                    + " ms of real time on thread " + describe()
                    + "\nIt may wait only for the hub: whatever else it"
                    + " waits for, nothing of the hub runs meanwhile");
        }
        if (next.failure != null) {
            throw new IllegalStateException("a task of strand '" + strand + "' threw " + next.failure, next.failure);
        }
    }

    /** An interrupt of the test is kept for later: two threads would run if it ended this wait. */
    private static boolean isOverWithin(Duration limit, Turn turn) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean wasInterrupted = false;
        try {
            while (true) {
                try {
                    return turn.over.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends it, after whatever it does. */
    void end() {
        interrupt();
        turns.add(new Turn(Optional.empty(), true));
    }

    boolean isGoneWithin(Duration limit) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, limit.toNanos());
        return !thread.isAlive();
    }

    String describe() {
        return thread.getName()
                + Arrays.stream(thread.getStackTrace())
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
    }

    // --- this thread

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public void run() {
        turn = nextTurn();
        while (!turn.isLast) {
            try {
                turn.task.ifPresent(task -> task.work().run());
            } catch (Throwable failure) { // the test's thread throws it
                turn.failure = failure;
            }
            if (!turn.isLast) {
                baton.isIdle(this);
                turn.over.countDown();
                turn = nextTurn();
            }
        }
    }

    /** Gives the baton back until the stage completes, time has gone by, or somebody interrupts. */
    boolean await(String what, CompletionStage<?> stage, Duration limit) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Wait begun = begin(what);
        stage.whenComplete((result, failure) -> call(begun));
        Runnable cancel = baton.later("limit of a wait for " + what, limit, () -> call(begun));
        turn.over.countDown();
        turn = nextTurn();
        cancel.run();
        if (isInterrupted(begun)) {
            throw new InterruptedException();
        }
        return stage.toCompletableFuture().isDone();
    }

    private synchronized Wait begin(String what) {
        Wait begun = new Wait(what);
        wait = begun;
        return begun;
    }

    private synchronized boolean isInterrupted(Wait over) {
        wait = null;
        return over.isInterrupted;
    }

    private Turn nextTurn() {
        while (true) {
            try {
                return turns.take();
            } catch (InterruptedException e) {
                interruptWait();
            }
        }
    }

    // --- whoever completes, interrupts or looks

    /** What it waited for has come: it goes on when its turn comes. */
    private synchronized void call(Wait called) {
        if (wait == called && !called.isCalled) {
            called.isCalled = true;
            baton.isReady(this, strand);
        }
    }

    @Override
    public void interrupt() {
        if (!interruptWait()) {
            thread.interrupt();
        }
    }

    private synchronized boolean interruptWait() {
        if (wait == null) {
            return false;
        }
        wait.isInterrupted = true;
        call(wait);
        return true;
    }

    /** As {@code strand waits for stage}. */
    synchronized Optional<String> waiting() {
        return Optional.ofNullable(wait).map(waits -> "'" + strand + "' waits for " + waits.what);
    }
}
