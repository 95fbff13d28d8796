// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Work;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs tasks one at a time, in the order in which they were added, on the hub's executor. Thread-safe; owns no thread. */
public final class SerialLane implements Runnable {
    private final HubRuntime runtime;
    private final String strand;

    @GuardedBy("this")
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean isRunning;

    /** An empty lane. */
    public SerialLane(HubRuntime runtime, String strand) {
        this.runtime = runtime;
        this.strand = strand;
    }

    /** Adds a task, which must not throw. */
    public void execute(Runnable task) {
        synchronized (this) {
            tasks.add(task);
            if (isRunning) {
                return;
            }
            isRunning = true;
        }
        try {
            runtime.execute(Work.HANDLER, strand, this);
        } catch (RejectedExecutionException closed) {
            forget();
        }
    }

    @Override
    public void run() {
        for (Runnable task = next(); task != null; task = next()) {
            task.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = tasks.poll();
        isRunning = task != null;
        return task;
    }

    /** The runtime has stopped: nothing will run any more. */
    private synchronized void forget() {
        tasks.clear();
        isRunning = false;
    }
}
