// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A hub's threads, time and randomness in a test's hands: everything runs on the test's thread, and only when the test
 * says so.
 *
 * <p>Tasks and timers may be submitted from any thread; {@link #settle()} and {@link #advance} are for one thread.
 * Tasks run in the order in which they were submitted, or in one that an {@link Interleaving} draws. Random numbers are
 * the same in every run.
 */
public final class TestRuntime implements HubRuntime {
    private static final int MOST_TASKS = 200_000;
    private static final int TASKS_NAMED = 8;
    private static final Duration LONGEST_REAL_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_VIRTUAL_WAIT = Duration.ofHours(1);

    /** How far time moves on at most while tasks wait that an interleaving has not let run. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final TaskQueue tasks;
    private final TaskRunner runner;
    private final Mode mode;
    private final Optional<Interleaving> interleaving;
    private final RandomGenerator random;
    private final ReentrantLock settling = new ReentrantLock();
    private final AtomicReference<Optional<RuntimeException>> blame = new AtomicReference<>(Optional.empty());

    private volatile Thread driver = Thread.currentThread();
    private Duration quietAt = Duration.ZERO;

    private TestRuntime(long seed, Mode mode, Optional<Interleaving> interleaving) {
        this.mode = mode;
        this.random = new Random(seed);
        this.tasks = new TaskQueue(interleaving.map(TaskOrder::drawnFrom).orElseGet(TaskOrder::ofSubmission));
        this.interleaving = interleaving;
        this.runner = mode == Mode.BATON ? new Baton(tasks, time) : new SerialRunner();
    }

    /** A runtime at the beginning of time. */
    public static TestRuntime create() {
        return seeded(1);
    }

    /** A runtime at the beginning of time, with other random numbers. */
    public static TestRuntime seeded(long seed) {
        return new TestRuntime(seed, Mode.SERIAL, Optional.empty());
    }

    /** A runtime at the beginning of time, whose handlers have threads of their own and may wait for the hub. */
    static TestRuntime withBaton(long seed) {
        return new TestRuntime(seed, Mode.BATON, Optional.empty());
    }

    /** A runtime at the beginning of time, whose strands come in a drawn order. */
    static TestRuntime interleaved(Interleaving interleaving) {
        return new TestRuntime(1, Mode.SERIAL, Optional.of(interleaving));
    }

    /** Its clock and timers. */
    public VirtualTime time() {
        return time;
    }

    /**
     * Runs what was submitted, what that submits, and timers that are due now, until nothing is left. Within a task it
     * does nothing: the outer call goes on.
     *
     * @throws IllegalStateException if there is no end of it, a task threw, or another thread settles for more than 2 s of
     *     real time
     */
    public void settle() {
        settle(interleaving.map(choice -> choice.tasksNow(MOST_TASKS)).orElse(MOST_TASKS));
    }

    private void settle(int most) {
        if (isWithinTask()) {
            return;
        }
        beginSettling(LONGEST_REAL_WAIT);
        try {
            driver = Thread.currentThread();
            run(most);
        } finally {
            settling.unlock();
        }
        rethrowBlame();
    }

    /** A test that JUnit gave up on may hold on to the hub for ever: whoever ends the hub must not join it. */
    void beginSettling(Duration longest) {
        try {
            if (!settling.tryLock() && !settling.tryLock(longest.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException(
                        "thread '" + driver.getName() + "' has run this hub's work for more than "
                                + longest.toMillis() + " ms of real time: does a handler wait for"
                                + " what only the hub brings about? Mode.BATON lets it wait for the hub's own futures",
                        whereabouts(driver));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another thread runs this hub's work", e);
        }
    }

    private static Throwable whereabouts(Thread thread) {
        Throwable place = new IllegalStateException("what thread '" + thread.getName() + "' is doing");
        place.setStackTrace(thread.getStackTrace());
        return place;
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
        if (!isReached(condition, longest)) {
            throw new IllegalStateException("what another thread was to bring about has not come within "
                    + longest.toMillis() + " ms of real time");
        }
    }

    /** Settles until the condition holds, at most 2 s of real time; within a task looks once. */
    boolean isReached(BooleanSupplier condition) {
        return isReached(condition, isWithinTask() ? Duration.ZERO : LONGEST_REAL_WAIT);
    }

    private boolean isReached(BooleanSupplier condition, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        settle();
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            awaitTask(left);
            settle();
        }
        return true;
    }

    /**
     * Moves the clock on, from timer to timer, and settles after each.
     *
     * @throws IllegalArgumentException if the duration is negative
     * @throws IllegalStateException within a task, such as a handler: what is due could not run before it ends
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("time does not go back by " + duration.negated());
        }
        if (isWithinTask()) {
            throw new IllegalStateException("a task of the hub, such as a handler, cannot advance time by " + duration
                    + ": only the test can, when the task is done");
        }
        Duration target = time.elapsed().plus(duration);
        settle();
        while (moveTowards(target)) {
            settle();
        }
    }

    /** Says whether there is anything to be run before the target is reached. */
    private boolean moveTowards(Duration target) {
        if (tasks.size() == 0) {
            boolean isTimerDue = time.moveTowards(target);
            quietAt = time.elapsed();
            return isTimerDue;
        }
        Duration limit = quietAt.plus(LONGEST_PAUSE);
        if (time.moveTowards(limit.compareTo(target) < 0 ? limit : target)) {
            return true;
        }
        settle(MOST_TASKS);
        return time.elapsed().compareTo(target) < 0;
    }

    Mode mode() {
        return mode;
    }

    private boolean isWithinTask() {
        return settling.isHeldByCurrentThread() || runner.isOwnThread();
    }

    /** How many tasks wait; none after {@link #settle()}. */
    int waitingTasks() {
        return tasks.size();
    }

    /** What decides about the order of tasks, if not that of their submission. */
    Optional<Interleaving> interleaving() {
        return interleaving;
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
        tasks.add(work, strand, task);
    }

    /** A handle that interrupts nothing if the thread is the test's. */
    @Override
    public Interruptible current() {
        return runner.current();
    }

    /** Does nothing if the thread is the test's. */
    @Override
    public void clearInterrupt() {
        runner.clearInterrupt();
    }

    /**
     * Runs what the stage waits for, timer by timer, instead of waiting in real time; a thread of the application's own
     * waits as it does in production.
     *
     * @throws IllegalStateException if nothing that is left to run completes it, or a task waits for it that cannot wait
     */
    @Override
    public boolean await(String what, CompletionStage<?> stage, Duration limit) throws InterruptedException {
        if (isWithinTask()) {
            return runner.await(what, stage, limit);
        }
        if (Thread.currentThread() != driver) {
            return HubRuntime.super.await(what, stage, limit);
        }
        return letTimePass(what, stage.toCompletableFuture(), limit);
    }

    private boolean letTimePass(String what, CompletableFuture<?> awaited, Duration limit) {
        boolean isLimited = limit.compareTo(LONGEST_VIRTUAL_WAIT) <= 0;
        Duration end = time.elapsed().plus(isLimited ? limit : LONGEST_VIRTUAL_WAIT);
        settle();
        while (!awaited.isDone() && moveTowards(end)) {
            settle();
        }
        if (!awaited.isDone() && !isLimited) {
            throw new IllegalStateException("nothing that is left to run within " + LONGEST_VIRTUAL_WAIT
                    + " of virtual time completes " + what);
        }
        return awaited.isDone();
    }

    @Override
    public void close() {
        tasks.close();
        time.clear();
        runner.close();
    }

    /** What handlers wait for. */
    List<String> waitingHandlers() {
        return runner.waiting();
    }

    private void run(int most) {
        Deque<String> last = new ArrayDeque<>();
        int count = 0;
        Optional<TaskQueue.Task> task = most == 0 ? Optional.empty() : nextTask();
        while (task.isPresent()) {
            if (++count > MOST_TASKS - TASKS_NAMED) {
                last.add(task.get().strand());
            }
            if (count > MOST_TASKS) {
                throw new IllegalStateException("the hub does not come to rest: " + MOST_TASKS
                        + " tasks have run and there are more, the last of the strands " + last);
            }
            run(task.get());
            task = count == most && most < MOST_TASKS ? Optional.empty() : nextTask();
        }
    }

    private Optional<TaskQueue.Task> nextTask() {
        boolean timersFirst = interleaving.map(choice -> choice.next(2) == 0).orElse(false);
        return timersFirst ? dueTimer().or(tasks::take) : tasks.take().or(this::dueTimer);
    }

    private Optional<TaskQueue.Task> dueTimer() {
        return time.takeDue().map(timer -> new TaskQueue.Task(Work.WRITER, "timer " + timer.label(), timer.task()));
    }

    private void run(TaskQueue.Task task) {
        try {
            runner.run(task);
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
