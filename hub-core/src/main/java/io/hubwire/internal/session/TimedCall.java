// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.spi.HubRuntime.Interruptible;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A callback of the application in a client's lane, which may take as long as a handler and is interrupted then. Thread-safe. */
public final class TimedCall implements Mailbox.Job {
    private static final Logger LOG = System.getLogger("io.hubwire.callbacks");

    private final ClientSession session;
    private final String name;
    private final Runnable call;
    private final Runnable whenLate;
    private volatile long deadlineNanos = Long.MAX_VALUE;

    /** Where it runs, while it may be interrupted. */
    @GuardedBy("this")
    private @Nullable Interruptible thread;

    @GuardedBy("this")
    private boolean isInterrupted;

    /**
     * A call that has not begun.
     *
     * @param call must not throw
     * @param whenLate runs once when its time is over, on any thread
     */
    public TimedCall(ClientSession session, String name, Runnable call, Runnable whenLate) {
        this.session = session;
        this.name = name;
        this.call = call;
        this.whenLate = whenLate;
    }

    @Override
    public long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    public @Nullable CompletionStage<?> run() {
        start();
        try {
            call.run();
        } finally {
            leaveThread();
        }
        return null;
    }

    private void start() {
        SessionContext context = session.context();
        Interruptible current = context.runtime().current();
        synchronized (this) {
            thread = current;
        }
        deadlineNanos =
                context.runtime().nanoTime() + context.limits().handlerTime().toNanos();
        session.mailbox().watch(this);
    }

    @Override
    public void timeOut() {
        synchronized (this) {
            if (thread == null || isInterrupted) {
                return;
            }
            isInterrupted = true;
            thread.interrupt();
        }
        LOG.log(Level.WARNING, () -> name + " takes too long for " + session + " and is interrupted");
        whenLate.run();
    }

    /** From here on the thread is not ours to interrupt, and an interrupt that came is not the next job's. */
    private void leaveThread() {
        boolean wasInterrupted;
        synchronized (this) {
            thread = null;
            wasInterrupted = isInterrupted;
        }
        if (wasInterrupted) {
            session.context().runtime().clearInterrupt();
        }
    }
}
