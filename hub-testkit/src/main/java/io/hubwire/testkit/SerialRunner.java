// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.HubRuntime.Interruptible;
import io.hubwire.testkit.TaskQueue.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Runs every task on the test's own thread, which nobody interrupts and which cannot wait. */
final class SerialRunner implements TaskRunner {
    @Override
    public void run(Task task) {
        task.work().run();
    }

    @Override
    public boolean isOwnThread() {
        return false;
    }

    @Override
    public boolean await(String what, CompletionStage<?> stage, Duration limit) {
        throw new IllegalStateException(what + " is waited for within a task of the hub, on the only thread that could"
                + " complete it: use Mode.BATON, or compose the stage instead of waiting");
    }

    @Override
    public Interruptible current() {
        return () -> {};
    }

    @Override
    public void clearInterrupt() {}

    @Override
    public List<String> waiting() {
        return List.of();
    }

    @Override
    public void close() {}
}
