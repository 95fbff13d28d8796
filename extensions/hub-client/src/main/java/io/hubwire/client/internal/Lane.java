// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the engine's tasks of one client one at a time, in the order given, on whichever thread brings the first of them.
 *
 * <p>No thread waits for another, and no lock is held: a task that is given while another runs is run by the thread that runs that one.
 * Tasks are short and call no foreign code. Thread-safe.
 */
final class Lane {
    private static final Logger LOG = System.getLogger(Lane.class.getName());

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    void run(Runnable task) {
        waiting.add(task);
        if (pending.getAndIncrement() == 0) {
            drain();
        }
    }

    private void drain() {
        do {
            Runnable task = waiting.remove();
            try {
                task.run();
            } catch (RuntimeException | Error failure) {
                LOG.log(Level.ERROR, "a task of a hub client failed", failure);
            }
        } while (pending.decrementAndGet() != 0);
    }
}
