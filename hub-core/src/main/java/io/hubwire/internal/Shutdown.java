// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Hub.ShutdownReport;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.HubRuntime.Work;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final ConcurrentLinkedQueue<ClientSession> notEnded = new ConcurrentLinkedQueue<>();
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
        runtime.schedule("shutdown: end the rest", grace.dividedBy(2), () -> everybody.forEach(Shutdown::endNow));
        runtime.schedule(
                "shutdown: cut the rest", grace.multipliedBy(3).dividedBy(4), () -> everybody.forEach(Shutdown::cut));
        runtime.schedule("shutdown: grace is over", grace, this::finish);
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
        runtime.schedule("shutdown: next slice", SLICE, this::nextSlice);
    }

    private static void endNow(ClientSession session) {
        session.end(CloseReason.SERVICE_RESTART, Ending.DRAINED);
        session.mailbox().interrupt();
    }

    private static void cut(ClientSession session) {
        if (!session.life().isOver()) {
            session.life().abort();
        }
    }

    private void finish() {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        ShutdownReport report = new ShutdownReport(sessions, live.count());
        try {
            runtime.execute(Work.HANDLER, "shutdown", () -> afterwards.accept(report));
        } catch (RejectedExecutionException closed) {
            afterwards.accept(report);
        }
    }
}
