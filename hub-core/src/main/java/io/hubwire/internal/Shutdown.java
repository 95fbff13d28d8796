// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.Hub.ShutdownReport;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Cancellable;
import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The end of a hub, in order: say when to come back; end the sessions in slices, each behind the handlers that it has begun; after half of the grace end the
 * rest without waiting for their handlers, which are interrupted; after three quarters cut what is left; after the whole it is over,
 * whatever is left. It is over before when no session is left and nobody has to be told of a user; sockets that are promised and not
 * open yet are waited for, half of the grace at most. Thread-safe.
 */
final class Shutdown {
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final int SMALLEST_SLICE = 100;

    private final HubRuntime runtime;
    private final ClientDirectory<ClientSession> clients;
    private final Farewell farewell;
    private final LiveSessions live;
    private final Presence presence;
    private final Places places;

    /** Called once each, on the hub's executor: before those who wait for the end are told, and after. */
    private final Runnable closeTimers;

    private final Runnable closeRuntime;

    private final CompletableFuture<ShutdownReport> over = new CompletableFuture<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final Set<ClientSession> cut = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<ClientSession> notEnded = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Cancellable> timers = new ConcurrentLinkedQueue<>();

    @GuardedBy("this")
    private long dueNanos;

    private volatile Duration grace;
    private volatile boolean hasBegun;
    private volatile boolean awaitsSockets = true;

    Shutdown(
            HubRuntime runtime,
            ClientDirectory<ClientSession> clients,
            Farewell farewell,
            LiveSessions live,
            Presence presence,
            Places places,
            Duration grace,
            Runnable closeTimers,
            Runnable closeRuntime) {
        this.runtime = runtime;
        this.clients = clients;
        this.farewell = farewell;
        this.live = live;
        this.presence = presence;
        this.places = places;
        this.grace = grace;
        this.closeTimers = closeTimers;
        this.closeRuntime = closeRuntime;
        this.dueNanos = runtime.nanoTime() + grace.toNanos();
    }

    void begin() {
        live.close(this::finishIfNothingIsLeft);
        presence.whenIdle(this::finishIfNothingIsLeft);
        places.whenEmpty(this::finishIfNothingIsLeft);
        farewell.tell(grace);
        notEnded.addAll(clients.all());
        hasBegun = true;
        scheduleSteps();
        finishIfNothingIsLeft();
        nextSlice();
    }

    /** From now on it takes no longer than this. */
    void shorten(Duration limit) {
        long due = runtime.nanoTime() + limit.toNanos();
        synchronized (this) {
            if (due - dueNanos >= 0) {
                return;
            }
            dueNanos = due;
            grace = limit;
        }
        if (hasBegun) {
            scheduleSteps();
        }
    }

    /** Completed on the hub's executor. */
    CompletableFuture<ShutdownReport> over() {
        return over;
    }

    /** Those of a longer grace stay: each step may come twice. */
    private void scheduleSteps() {
        after(grace.dividedBy(2), "shutdown: end the rest", this::endRest);
        after(grace.multipliedBy(3).dividedBy(4), "shutdown: cut the rest", () -> live.forEach(this::cut));
        after(grace, "shutdown: grace is over", this::finish);
    }

    private void nextSlice() {
        int slices = (int) Math.max(1, grace.dividedBy(4).dividedBy(SLICE));
        int size = Math.max(SMALLEST_SLICE, live.sinceClosing() / slices + 1);
        for (int i = 0; i < size; i++) {
            ClientSession session = notEnded.poll();
            if (session == null) {
                return;
            }
            session.mailbox().add(() -> {
                session.drain();
                return null;
            });
        }
        after(SLICE, "shutdown: next slice", this::nextSlice);
    }

    private void after(Duration delay, String label, Runnable step) {
        try {
            timers.add(runtime.schedule(label, delay, step));
        } catch (RejectedExecutionException closed) { // it is over meanwhile, or nothing would ever end it
            finish();
        }
        if (isOver.get()) {
            timers.forEach(Cancellable::cancel);
        }
    }

    private void endRest() {
        live.forEach(Shutdown::endNow);
        awaitsSockets = false;
        finishIfNothingIsLeft();
    }

    /** The client of a handler that is interrupted is told so before its session ends. */
    private static void endNow(ClientSession session) {
        session.mailbox().interrupt();
        session.drain();
    }

    private void cut(ClientSession session) {
        if (!session.life().isOver() && cut.add(session)) {
            session.life().abort();
        }
    }

    private void finishIfNothingIsLeft() {
        if (live.count() == 0 && presence.isIdle() && (places.taken() == 0 || !awaitsSockets)) {
            finish();
        }
    }

    private void finish() {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        timers.forEach(Cancellable::cancel);
        live.closeFinally();
        live.forEach(this::cut);
        ShutdownReport report = new ShutdownReport(live.sinceClosing(), Math.max(cut.size(), live.count()));
        try {
            runtime.execute(Work.CONTROL, "shutdown", () -> complete(report));
        } catch (RejectedExecutionException closed) {
            complete(report);
        }
    }

    private void complete(ShutdownReport report) {
        closeTimers.run();
        over.complete(report);
        closeRuntime.run();
    }
}
