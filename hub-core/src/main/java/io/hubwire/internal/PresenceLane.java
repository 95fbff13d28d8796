// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.User;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Work;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application of some users who come and go, one at a time. Thread-safe; owns no thread.
 *
 * <p>One change of a user waits at most: changes of one user alternate, so that the next one cancels it, and the application hears of
 * neither. So what waits behind a slow callback is bounded: by the users who are here, and by those whom the application believes to be.
 */
final class PresenceLane implements Runnable {
    private record Change(User user, boolean isOnline) {}

    private final HubRuntime runtime;
    private final String strand;
    private final Callbacks callbacks;
    private final Runnable whenBusy;
    private final Runnable whenIdle;

    @GuardedBy("this")
    private final Map<String, Change> waiting = new LinkedHashMap<>();

    @GuardedBy("this")
    private boolean isRunning;

    /** A lane that says when it begins and when it has told of everything, in turns. */
    PresenceLane(HubRuntime runtime, String strand, Callbacks callbacks, Runnable whenBusy, Runnable whenIdle) {
        this.runtime = runtime;
        this.strand = strand;
        this.callbacks = callbacks;
        this.whenBusy = whenBusy;
        this.whenIdle = whenIdle;
    }

    /** Never runs a callback inside the call. */
    void add(User user, boolean isOnline) {
        synchronized (this) {
            if (waiting.remove(user.id()) != null) {
                return;
            }
            waiting.put(user.id(), new Change(user, isOnline));
            if (isRunning) {
                return;
            }
            isRunning = true;
        }
        whenBusy.run();
        try {
            runtime.execute(Work.HANDLER, strand, this);
        } catch (RejectedExecutionException closed) {
            forget();
        }
    }

    @Override
    public void run() {
        for (Change change = next(); change != null; change = next()) {
            if (change.isOnline) {
                callbacks.userOnline(change.user);
            } else {
                callbacks.userOffline(change.user);
            }
        }
        whenIdle.run();
    }

    private synchronized @Nullable Change next() {
        Iterator<Change> changes = waiting.values().iterator();
        isRunning = changes.hasNext();
        if (!isRunning) {
            return null;
        }
        Change change = changes.next();
        changes.remove();
        return change;
    }

    /** The runtime has stopped: nothing will run any more. */
    private void forget() {
        synchronized (this) {
            waiting.clear();
            isRunning = false;
        }
        whenIdle.run();
    }
}
