// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Work;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

/**
 * Completes the stages that applications wait for, on the hub's executor, because what depends on them is user code; and none is
 * forgotten when the hub ends before a thread has come to it. Thread-safe.
 */
public final class Completions implements Runnable {
    private final HubRuntime runtime;
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean isClosed;

    /** Without work. */
    public Completions(HubRuntime runtime) {
        this.runtime = runtime;
    }

    /** Completes a stage soon; when the hub has ended, here. */
    public void add(Runnable completion) {
        waiting.add(completion);
        try {
            runtime.execute(Work.HANDLER, "completion", this);
        } catch (RejectedExecutionException closed) {
            runAll();
        }
        if (isClosed) {
            runAll();
        }
    }

    /** One of those that wait. */
    @Override
    public void run() {
        Runnable completion = waiting.poll();
        if (completion != null) {
            completion.run();
        }
    }

    /** The threads of the hub may hang for ever, or be gone: completes what waits, and at once what comes later. */
    public void close() {
        isClosed = true;
        runAll();
    }

    private void runAll() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
