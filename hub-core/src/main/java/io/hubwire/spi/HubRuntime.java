// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * The hub's only source of threads, time and randomness; a test replaces it and owns all three. Thread-safe.
 */
public interface HubRuntime extends AutoCloseable {
    /** What kind of work a task is. */
    enum Work {
        /** User code: may block for as long as it likes. */
        HANDLER,
        /** The hub's own calls that may block for a short time: closes and cuts. They never wait behind user code or pings. */
        CONTROL,
        /** Pings, which may block for some seconds while their peers do not read. They never wait behind any other kind. */
        PING,
        /** Writing to sockets: never blocks. */
        WRITER
    }

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Cancellable {
        /** Makes sure that the task does not start; one that has started goes on. */
        void cancel();
    }

    /** Interrupts one piece of work, however often and by whomever it is called. */
    @FunctionalInterface
    interface Interruptible {
        /** Interrupts the thread that {@link HubRuntime#current()} was called on. */
        void interrupt();
    }

    /** Monotonic time in nanoseconds, with an origin of its own. */
    long nanoTime();

    /** The time of day. */
    Instant now();

    /** For jitter and identifiers; the production runtime's is cryptographically strong. */
    RandomGenerator random();

    /** A client's own number within −1…1 that spreads its heartbeats. */
    default double jitter() {
        return random().nextDouble(-1, 1);
    }

    /**
     * Runs a task later. It must be short and not block; timers of one runtime run one at a time.
     *
     * @param label says what it is, for a reader of pending timers
     */
    Cancellable schedule(String label, Duration delay, Runnable task);

    /**
     * Runs a task soon, never inside this call.
     *
     * <p>Tasks may overlap, and need not begin in the order of these calls: what must not overlap, the hub submits only when the last
     * is over. So it does with the handlers of one client.
     *
     * @param strand names what the task belongs to, within its kind of work, for a reader of what runs or waits; it promises nothing
     * @throws java.util.concurrent.RejectedExecutionException if the runtime is closed
     */
    void execute(Work work, String strand, Runnable task);

    /** A handle on the calling thread, to interrupt a handler that runs too long. */
    Interruptible current();

    /** Clears the calling thread's interrupt, so that it does not reach the next piece of work. */
    void clearInterrupt();

    /**
     * Blocks the calling thread, any thread, until a stage of the hub completes, normally or not. A test's runtime runs meanwhile
     * what the stage waits for, or refuses where nothing could run.
     *
     * @param what names the stage, for a refusal
     * @param limit how long at most
     * @return whether the stage has completed
     * @throws InterruptedException if the thread is interrupted; the stage goes on
     * @throws IllegalStateException if nothing would ever complete the stage while this thread waits
     */
    default boolean await(String what, CompletionStage<?> stage, Duration limit) throws InterruptedException {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        stage.whenComplete((result, failure) -> end.complete(true));
        try {
            return end.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException never) {
            throw new IllegalStateException(what + " cannot be awaited", never);
        }
    }

    /** Stops all threads: what runs is interrupted, what waits is dropped. Idempotent. */
    @Override
    void close();
}
