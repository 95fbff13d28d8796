// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubRuntime.Cancellable;
import io.hubwire.spi.HubRuntime.Interruptible;
import io.hubwire.spi.HubRuntime.Work;
import io.hubwire.testkit.TaskQueue.Task;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Runs user code on threads of its own and everything else on the test's thread, exactly one of them at any time: whoever
 * has the baton. A task that waits for the hub gives it back, and gets it again in the order in which what it waited for
 * came.
 */
final class Baton implements TaskRunner {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(2);
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final TaskQueue tasks;
    private final VirtualTime time;

    @GuardedBy("this")
    private final List<BatonThread> threads = new ArrayList<>();

    @GuardedBy("this")
    private final Deque<BatonThread> idle = new ArrayDeque<>();

    private volatile boolean isClosed;

    Baton(TaskQueue tasks, VirtualTime time) {
        this.tasks = tasks;
        this.time = time;
    }

    @Override
    public void run(Task task) {
        if (task.kind() == Work.HANDLER) {
            idleThread().takeTurn(Optional.of(task), LONGEST_TURN);
        } else {
            task.work().run();
        }
    }

    private synchronized BatonThread idleThread() {
        return Optional.ofNullable(idle.poll()).orElseGet(this::newThread);
    }

    @GuardedBy("this")
    private BatonThread newThread() {
        BatonThread thread = new BatonThread(this, threads.size() + 1);
        threads.add(thread);
        return thread;
    }

    @Override
    public boolean isOwnThread() {
        return currentThread().isPresent();
    }

    private Optional<BatonThread> currentThread() {
        return all().stream().filter(BatonThread::isCurrent).findFirst();
    }

    private synchronized List<BatonThread> all() {
        return List.copyOf(threads);
    }

    @Override
    public boolean await(String what, CompletionStage<?> stage, Duration limit) throws InterruptedException {
        if (stage.toCompletableFuture().isDone()) {
            return true;
        }
        if (isClosed) {
            throw new IllegalStateException(what + " is waited for, but the test's hub is closed");
        }
        Optional<BatonThread> thread = currentThread();
        if (thread.isEmpty()) {
            throw new IllegalStateException(what + " is waited for where the hub itself or a client's connection runs,"
                    + " which must not block: compose the stage instead of waiting");
        }
        return thread.get().await(what, stage, limit);
    }

    @Override
    public Interruptible current() {
        return currentThread().<Interruptible>map(thread -> thread).orElse(() -> {});
    }

    @Override
    @SuppressWarnings("ReturnValueIgnored") // the flag is cleared, whatever it was
    public void clearInterrupt() {
        if (isOwnThread()) {
            Thread.interrupted();
        }
    }

    @Override
    public List<String> waiting() {
        return all().stream().flatMap(thread -> thread.waiting().stream()).toList();
    }

    // --- what its threads say

    synchronized void isIdle(BatonThread thread) {
        idle.add(thread);
    }

    /** What it waited for has come: it goes on in its turn. */
    void isReady(BatonThread thread, String strand) {
        if (!isClosed) {
            tasks.add(Work.WRITER, strand, () -> thread.takeTurn(Optional.empty(), LONGEST_TURN));
        }
    }

    /** Returns how to call it off. */
    Runnable later(String label, Duration delay, Runnable task) {
        if (delay.compareTo(FOREVER) >= 0) {
            return () -> {};
        }
        Cancellable timer = time.schedule(label, delay, task);
        return timer::cancel;
    }

    /** Those that wait are interrupted, one after the other; then all of them end. */
    @Override
    public void close() {
        isClosed = true;
        List<String> left = new ArrayList<>();
        all().forEach(thread -> end(thread, left));
        if (!left.isEmpty()) {
            throw new IllegalStateException("a handler goes on although it was interrupted, on thread "
                    + String.join("\nand on thread ", left));
        }
    }

    private static void end(BatonThread thread, List<String> left) {
        thread.end();
        try {
            if (!thread.isGoneWithin(LONGEST_TURN)) {
                left.add(thread.describe());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
