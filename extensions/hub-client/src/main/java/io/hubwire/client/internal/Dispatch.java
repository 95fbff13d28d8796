// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's code of one client: one call at a time, in the order given, on an executor.
 *
 * <p>A few calls are made in one turn, so that clients share the executor's threads fairly. When many wait, those who bring messages are
 * to wait for room, but not for long: their threads belong to other clients as well. The lock guards the queue only. Thread-safe.
 */
final class Dispatch {
    private static final Logger LOG = System.getLogger(Dispatch.class.getName());
    private static final int TURN = 32;
    private static final int FULL = 1024;

    private final Executor executor;

    @GuardedBy("this")
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean isRunning;

    private volatile boolean isMuted;

    Dispatch(Executor executor) {
        this.executor = executor;
    }

    void call(Runnable callback) {
        synchronized (this) {
            waiting.add(callback);
            if (isRunning) {
                return;
            }
            isRunning = true;
        }
        nextTurn();
    }

    /** The same, but not after {@link #mute()}. */
    void deliver(Runnable callback) {
        call(() -> {
            if (!isMuted) {
                callback.run();
            }
        });
    }

    /** Nothing is delivered any more. */
    void mute() {
        isMuted = true;
    }

    synchronized boolean isFull() {
        return waiting.size() >= FULL;
    }

    /** Whether it would soon be full again. */
    synchronized boolean isBehind() {
        return waiting.size() > FULL / 2;
    }

    /** Waits while too many calls wait, and returns whether there is room. Never called by a thread that makes them. */
    synchronized boolean awaitRoom(long mostNanos) {
        long end = System.nanoTime() + mostNanos;
        long left = mostNanos;
        try {
            while (waiting.size() >= FULL && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = end - System.nanoTime();
            }
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
        return waiting.size() < FULL;
    }

    private void nextTurn() {
        try {
            executor.execute(this::takeTurn);
        } catch (RejectedExecutionException rejected) {
            LOG.log(Level.ERROR, "the executor of a hub client takes no callbacks any more", rejected);
            synchronized (this) {
                isRunning = false; // the next call tries again
            }
        }
    }

    private void takeTurn() {
        for (int i = 0; i < TURN; i++) {
            Runnable callback = next();
            if (callback == null) {
                return;
            }
            make(callback);
        }
        nextTurn();
    }

    private synchronized @Nullable Runnable next() {
        Runnable callback = waiting.poll();
        if (callback == null) {
            isRunning = false;
        } else if (waiting.size() == FULL / 2) {
            notifyAll();
        }
        return callback;
    }

    /** One failure does not keep others from being called. */
    static void make(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable failure) { // also a checked one that was thrown past the compiler
            LOG.log(Level.WARNING, "a callback of a hub client failed", failure);
        }
    }
}
