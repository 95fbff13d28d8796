// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import java.util.concurrent.Executor;

/**
 * Runs each task on a thread of its own. Test classes run side by side, and since JDK 25 the common pool has a single
 * thread on two cores for all of them: a test that blocks it holds up what the others count on.
 */
public enum OwnThread implements Executor {
    OWN_THREAD;

    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task, "own thread of a test");
        thread.setDaemon(true);
        thread.start();
    }
}
