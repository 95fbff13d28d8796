// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Hub.ShutdownReport;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Cancellable;
import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The end of a hub, in order: tell the sessions in slices, each behind the handlers that it has begun; after half of the grace end the
 * rest without waiting for their handlers, which are interrupted; after three quarters cut what is left; after the whole it is over,
 * whatever is left.
 */
final class Shutdown {
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final int SMALLEST_SLICE = 100;

    private final HubRuntime runtime;
    private final ClientDirectory<ClientSession> clients;
    private final LiveSessions live;
    private final Duration grace;
    /** Called once, on the hub's executor. */
    private final Consumer<ShutdownReport> afterwards;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicInteger aborted = new AtomicInteger();
    private final ConcurrentLinkedQueue<ClientSession> notEnded = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Cancellable> timers = new ConcurrentLinkedQueue<>();
    private int sessions;

    Shutdown(
            HubRuntime runtime,
            ClientDirectory<ClientSession> clients,
            LiveSessions live,
            Duration grace,
            Consumer<ShutdownReport> afterwards) {
        this.runtime = runtime;
        this.clients = clients;
        this.live = live;
        this.grace = grace;
        this.afterwards = afterwards;
    }

    void begin() {
        live.close();
        notEnded.addAll(clients.all());
        sessions = notEnded.size();
        List<ClientSession> everybody = List.copyOf(notEnded);
        after(grace.dividedBy(2), "shutdown: end the rest", () -> everybody.forEach(Shutdown::endNow));
        after(grace.multipliedBy(3).dividedBy(4), "shutdown: cut the rest", () -> everybody.forEach(this::cut));
        after(grace, "shutdown: grace is over", this::finish);
        live.whenEmpty(this::finish);
        nextSlice();
    }

    private void nextSlice() {
        int slices = (int) Math.max(1, grace.dividedBy(4).dividedBy(SLICE));
        int size = Math.max(SMALLEST_SLICE, sessions / slices + 1);
        for (int i = 0; i < size; i++) {
            ClientSession session = notEnded.poll();
            if (session == null) {
                return;
            }
            session.mailbox().add(() -> {
                session.end(CloseReason.SERVICE_RESTART, Ending.DRAINED);
                return null;
            });
        }
        after(SLICE, "shutdown: next slice", this::nextSlice);
    }

    private void after(Duration delay, String label, Runnable step) {
        Cancellable timer = runtime.schedule(label, delay, step);
        timers.add(timer);
        if (isOver.get()) {
            timer.cancel();
        }
    }

    /** The client of a handler that is interrupted is told so before its session ends. */
    private static void endNow(ClientSession session) {
        session.mailbox().interrupt();
        session.end(CloseReason.SERVICE_RESTART, Ending.DRAINED);
    }

    private void cut(ClientSession session) {
        if (!session.life().isOver()) {
            aborted.incrementAndGet();
            session.life().abort();
        }
    }

    private void finish() {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        timers.forEach(Cancellable::cancel);
        ShutdownReport report = new ShutdownReport(sessions, Math.max(aborted.get(), live.count()));
        try {
            runtime.execute(Work.CONTROL, "shutdown", () -> afterwards.accept(report));
        } catch (RejectedExecutionException closed) {
            afterwards.accept(report);
        }
    }
}
