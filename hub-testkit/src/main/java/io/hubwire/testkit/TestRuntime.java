// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A hub's threads, time and randomness in a test's hands: everything runs on the test's thread, and only when the test
 * says so.
 *
 * <p>Tasks and timers may be submitted from any thread; {@link #settle()} and {@link #advance} are for one thread.
 * Tasks run in the order in which they were submitted. Random numbers are the same in every run.
 */
public final class TestRuntime implements HubRuntime {
    private static final int MOST_TASKS = 200_000;
    private static final int TASKS_NAMED = 8;
    private static final Duration LONGEST_REAL_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_VIRTUAL_WAIT = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final TaskQueue tasks = new TaskQueue();
    private final RandomGenerator random;
    private final ReentrantLock settling = new ReentrantLock();
    private final AtomicReference<Optional<RuntimeException>> blame = new AtomicReference<>(Optional.empty());

    private TestRuntime(long seed) {
        this.random = new Random(seed);
    }

    /** A runtime at the beginning of time. */
    public static TestRuntime create() {
        return seeded(1);
    }

    /** A runtime at the beginning of time, with other random numbers. */
    public static TestRuntime seeded(long seed) {
        return new TestRuntime(seed);
    }

    /** Its clock and timers. */
    public VirtualTime time() {
        return time;
    }

    /**
     * Runs what was submitted, what that submits, and timers that are due now, until nothing is left. Within a task it
     * does nothing: the outer call goes on.
     *
     * @throws IllegalStateException if there is no end of it, or a task threw
     */
    public void settle() {
        if (settling.isHeldByCurrentThread()) {
            return;
        }
        settling.lock();
        try {
            runAll();
        } finally {
            settling.unlock();
        }
        rethrowBlame();
    }

    /**
     * Settles again and again until the condition holds, at most 2 s of real time: for work that an application does on
     * threads of its own.
     *
     * @throws IllegalStateException if it does not hold in time
     */
    public void settleUntil(BooleanSupplier condition) {
        settleUntil(condition, LONGEST_REAL_WAIT);
    }

    void settleUntil(BooleanSupplier condition, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        settle();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("what another thread was to bring about has not come within "
                        + longest.toMillis() + " ms of real time");
            }
            awaitTask(left);
            settle();
        }
    }

    /**
     * Moves the clock on, from timer to timer, and settles after each.
     *
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back by " + duration.negated());
        }
        Duration target = time.elapsed().plus(duration);
        settle();
        while (time.moveTowards(target)) {
            settle();
        }
    }

    /** How many tasks wait; none after {@link #settle()}. */
    int waitingTasks() {
        return tasks.size();
    }

    /** Lets the next settle fail: for faults that the hub would take as its peer's. */
    void blame(RuntimeException fault) {
        blame.compareAndSet(Optional.empty(), Optional.of(fault));
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    /** None: heartbeats come when their policy says, to the nanosecond. */
    @Override
    public double jitter() {
        return 0;
    }

    @Override
    public Cancellable schedule(String label, Duration delay, Runnable task) {
        return time.schedule(label, delay, task);
    }

    @Override
    public void execute(Work work, String strand, Runnable task) {
        tasks.add(strand, task);
    }

    /** A handle that interrupts nothing: the thread is the test's. */
    @Override
    public Interruptible current() {
        return () -> {};
    }

    /** Does nothing: the thread is the test's. */
    @Override
    public void clearInterrupt() {}

    /**
     * Runs what the stage waits for, timer by timer, instead of waiting in real time.
     *
     * @throws IllegalStateException if nothing that is left to run completes it, or a task of the hub waits for it
     */
    @Override
    public void await(CompletionStage<?> stage) {
        CompletableFuture<?> awaited = stage.toCompletableFuture();
        Duration limit = time.elapsed().plus(LONGEST_VIRTUAL_WAIT);
        settle();
        while (!awaited.isDone() && !settling.isHeldByCurrentThread() && time.moveTowards(limit)) {
            settle();
        }
        if (!awaited.isDone()) {
            throw new IllegalStateException("nothing that is left to run within " + LONGEST_VIRTUAL_WAIT
                    + " of virtual time completes what is waited for");
        }
    }

    @Override
    public void close() {
        tasks.close();
        time.clear();
    }

    private void runAll() {
        Deque<String> last = new ArrayDeque<>();
        int count = 0;
        Optional<TaskQueue.Task> task = nextTask();
        while (task.isPresent()) {
            if (++count > MOST_TASKS - TASKS_NAMED) {
                last.add(task.get().strand());
            }
            if (count > MOST_TASKS) {
                throw new IllegalStateException("the hub does not come to rest: " + MOST_TASKS
                        + " tasks have run and there are more, the last of the strands " + last);
            }
            run(task.get());
            task = nextTask();
        }
    }

    private Optional<TaskQueue.Task> nextTask() {
        return tasks.take()
                .or(() -> time.takeDue().map(timer -> new TaskQueue.Task("timer " + timer.label(), timer.task())));
    }

    private static void run(TaskQueue.Task task) {
        try {
            task.work().run();
        } catch (RuntimeException e) {
            throw new IllegalStateException("a task of strand '" + task.strand() + "' threw " + e, e);
        }
    }

    private void rethrowBlame() {
        Optional<RuntimeException> fault = blame.getAndSet(Optional.empty());
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    private void awaitTask(long maxNanos) {
        try {
            tasks.awaitTask(maxNanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for another thread", e);
        }
    }
}
