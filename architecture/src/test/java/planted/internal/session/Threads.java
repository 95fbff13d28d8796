// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.session;

import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

class Threads {
    ScheduledExecutorService scheduler;

    void start() {
        new Thread(() -> {}).start();
    }

    Executor executor() {
        return Executors.newCachedThreadPool();
    }

    Object timer() {
        return new Timer();
    }

    Object async(CompletableFuture<String> future) {
        return future.thenRunAsync(() -> {});
    }

    Object timeout(CompletableFuture<String> future) {
        return future.orTimeout(1, TimeUnit.SECONDS);
    }

    Executor later(Executor executor) {
        return CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, executor);
    }

    Object parallel(List<String> list) {
        return list.stream().parallel();
    }
}
