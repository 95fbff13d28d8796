// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.runtime;

import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the hub hands out to be waited for: a wait goes through the runtime, so that a test's can go on meanwhile or say why it
 * cannot. So do waits for what depends on it. Thread-safe.
 */
public final class AwaitedFuture<T extends @Nullable Object> extends CompletableFuture<T> {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final HubRuntime runtime;
    private final String what;

    private AwaitedFuture(HubRuntime runtime, String what) {
        this.runtime = runtime;
        this.what = what;
    }

    /**
     * Completes as the source does; whoever completes the copy completes nothing else.
     *
     * @param what names it, for whoever waits where nobody can
     */
    public static <T extends @Nullable Object> AwaitedFuture<T> copyOf(
            CompletableFuture<T> source, HubRuntime runtime, String what) {
        AwaitedFuture<T> copy = new AwaitedFuture<>(runtime, what);
        var unused = source.whenComplete(copy::end);
        return copy;
    }

    private void end(T value, @Nullable Throwable failure) {
        if (failure == null) {
            complete(value);
        } else {
            completeExceptionally(failure);
        }
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new AwaitedFuture<>(runtime, what);
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        if (!isDone()) {
            var unused = runtime.await(what, end(), FOREVER);
        }
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (timeout > 0 && !isDone() && !runtime.await(what, end(), Duration.ofNanos(unit.toNanos(timeout)))) {
            throw new TimeoutException(what + " has not completed within " + timeout + " " + unit);
        }
        return super.get(0, unit);
    }

    /** Not ended by an interrupt, which is kept. */
    @Override
    public T join() {
        if (!isDone()) {
            awaitUninterruptibly(end());
        }
        return super.join();
    }

    private void awaitUninterruptibly(CompletionStage<?> end) {
        boolean isOver = false;
        boolean wasInterrupted = false;
        try {
            while (!isOver) {
                try {
                    isOver = runtime.await(what, end, FOREVER);
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A plain stage, because the runtime may block on it. */
    private CompletionStage<?> end() {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        var unused = whenComplete((value, failure) -> end.complete(true));
        return end;
    }
}
