// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.waiting;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

class Pauses {
    void parking() {
        LockSupport.parkNanos(1);
    }

    void parkingOn() {
        LockSupport.parkNanos(this, 1);
    }

    void parkingUntil() {
        LockSupport.parkUntil(1);
    }

    synchronized void waiting() throws InterruptedException {
        wait(1);
    }

    synchronized void waitingTimed() throws InterruptedException {
        TimeUnit.MILLISECONDS.timedWait(this, 1);
    }

    void timeout(CompletableFuture<String> future) {
        future.orTimeout(1, TimeUnit.SECONDS);
    }

    void value(CompletableFuture<String> future) {
        future.completeOnTimeout("", 1, TimeUnit.SECONDS);
    }

    Executor later() {
        return CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
    }
}
