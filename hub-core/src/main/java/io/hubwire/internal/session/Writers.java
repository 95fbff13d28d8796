// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Work;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A few workers that take one outbox with a backlog at a time, in the order in which they came, and write what has piled up.
 * Thread-safe.
 */
public final class Writers implements Runnable {
    private static final Logger LOG = System.getLogger(Writers.class.getName());

    /** What a runtime with fewer threads runs one after the other. */
    private static final int MAX_WORKERS = 4;

    private final HubRuntime runtime;

    @GuardedBy("this")
    private final ArrayDeque<OutboxWriter> ready = new ArrayDeque<>();

    @GuardedBy("this")
    private int workers;

    /** Without work. */
    public Writers(HubRuntime runtime) {
        this.runtime = runtime;
    }

    /** The line of this outbox goes to a worker; it is in here at most once, because a line has one owner. */
    void add(OutboxWriter outbox) {
        synchronized (this) {
            ready.add(outbox);
            if (workers == MAX_WORKERS) {
                return;
            }
            workers++;
        }
        try {
            runtime.execute(Work.WRITER, "writer", this);
        } catch (RejectedExecutionException closed) {
            forget();
        }
    }

    @Override
    public void run() {
        boolean isOver = false;
        try {
            for (OutboxWriter outbox = next(); outbox != null; outbox = next()) {
                serve(outbox);
            }
            isOver = true;
        } finally {
            if (!isOver) {
                leave();
            }
        }
    }

    /** What escapes, as for want of memory, costs one client its connection, and no other its writer. */
    private static void serve(OutboxWriter outbox) {
        try {
            outbox.proceed();
        } catch (Throwable failure) {
            outbox.breakDown(failure);
            LOG.log(Level.ERROR, "writing to a client broke down, and its connection is cut", failure);
        }
    }

    private synchronized @Nullable OutboxWriter next() {
        OutboxWriter outbox = ready.poll();
        if (outbox == null) {
            workers--;
        }
        return outbox;
    }

    private synchronized void leave() {
        workers--;
    }

    /** The runtime has stopped: nothing is written any more. */
    private synchronized void forget() {
        workers--;
        ready.clear();
    }
}
