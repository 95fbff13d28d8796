// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The real clock, and the few threads that all clients of this JVM share; idle ones end. */
public final class SharedRuntime implements ClientRuntime {
    private static final int CALLBACK_THREADS = Math.max(4, Runtime.getRuntime().availableProcessors());
    /** Opening a connection blocks in the Jakarta API; so many are opened at a time. */
    private static final int CONNECTING_THREADS = 16;
    /** So does closing one, with a peer that reads nothing; hosts that cannot be reached are not to hold it back. */
    private static final int CLOSING_THREADS = 4;

    private static final long IDLE_SECONDS = 10;

    private static final ScheduledThreadPoolExecutor TIMERS = timers();
    private static final Executor CALLBACKS = pool("hubwire-client-callback", CALLBACK_THREADS);
    private static final Executor CONNECTING = pool("hubwire-client-connect", CONNECTING_THREADS);
    private static final Executor CLOSING = pool("hubwire-client-close", CLOSING_THREADS);
    private static final SharedRuntime SHARED = new SharedRuntime(CALLBACKS);

    private final Executor callbacks;

    private SharedRuntime(Executor callbacks) {
        this.callbacks = callbacks;
    }

    /** With callbacks on shared threads. */
    public static ClientRuntime shared() {
        return SHARED;
    }

    /** With callbacks on this executor. */
    public static ClientRuntime calling(Executor callbacks) {
        return new SharedRuntime(callbacks);
    }

    /** For opening connections. */
    static Executor connecting() {
        return CONNECTING;
    }

    /** For closing connections. */
    static Executor closing() {
        return CLOSING;
    }

    /** Makes a call as none of the applications of this JVM: on this thread, with a class loader that none of them has. */
    static <T> T outsideApplications(Supplier<T> call) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader parent = before == null ? ClassLoader.getSystemClassLoader() : before;
        thread.setContextClassLoader(new ClassLoader(parent) {});
        try {
            return call.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public double random() {
        return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public Scheduled schedule(long delayNanos, Runnable task) {
        Future<?> future = TIMERS.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public Executor callbacks() {
        return callbacks;
    }

    private static ScheduledThreadPoolExecutor timers() {
        ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(1, daemons("hubwire-client-timer"));
        timers.setRemoveOnCancelPolicy(true);
        timers.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
        return timers;
    }

    private static Executor pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
