// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.HubRuntime.Interruptible;
import io.hubwire.testkit.TaskQueue.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** On which thread a test's hub runs its tasks: one at a time in any case. */
interface TaskRunner {
    /** Runs a task until it is done, or waits for the hub. Called by the test's thread. */
    void run(Task task);

    /** Whether the calling thread runs a task, and is not the test's. */
    boolean isOwnThread();

    /**
     * Waits within a task.
     *
     * @return whether the stage has completed within the limit
     * @throws IllegalStateException if a task cannot wait here
     */
    boolean await(String what, CompletionStage<?> stage, Duration limit) throws InterruptedException;

    /** Interrupts what the calling thread runs. */
    Interruptible current();

    /** Clears the interrupt of what the calling thread runs. */
    void clearInterrupt();

    /** What tasks wait for, as {@code strand waits for stage}. */
    List<String> waiting();

    /** Ends what runs or waits. */
    void close();
}
