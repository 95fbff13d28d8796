// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pace of a test that owns the hub's time and threads. For one thread. */
final class VirtualPace implements Pace {
    private static final Duration TIME_TO_END = Duration.ofSeconds(10);
    private static final int TIMERS_SHOWN = 3;

    private final TestRuntime runtime;
    private final UnfinishedHandlers unfinished = new UnfinishedHandlers();

    VirtualPace(TestRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Mode mode() {
        return runtime.mode();
    }

    @Override
    public HubBuilder runtimeOf(HubBuilder application) {
        return application.runtime(runtime).observer(unfinished);
    }

    @Override
    public Wire wire() {
        return Wire.of(runtime);
    }

    @Override
    public void settle() {
        runtime.settle();
    }

    @Override
    public boolean settleUntil(BooleanSupplier condition) {
        runtime.settle();
        return condition.getAsBoolean() || isReachedByOthers(condition);
    }

    /** The one wait in real time: for a handler's stage that a foreign thread may complete, and only for something missing. */
    private boolean isReachedByOthers(BooleanSupplier condition) {
        if (!unfinished.isEmpty()) {
            var unused = runtime.isReached(() -> condition.getAsBoolean() || unfinished.isEmpty());
        }
        runtime.settle(); // the last one may have finished after the hub had come to rest
        return condition.getAsBoolean();
    }

    @Override
    public void awaitOthers(BooleanSupplier condition) {
        runtime.settleUntil(condition);
    }

    @Override
    public void advance(Duration duration) {
        runtime.advance(duration);
    }

    @Override
    public VirtualTime time() {
        return runtime.time();
    }

    @Override
    public Instant now() {
        return runtime.now();
    }

    @Override
    public Duration elapsed() {
        return time().elapsed();
    }

    @Override
    public String clock() {
        return "virtual time from " + VirtualTime.START;
    }

    @Override
    public String state() {
        int waiting = runtime.waitingTasks();
        String rest = waiting == 0 ? "the hub is quiet" : "the hub is not quiet, " + waiting + " tasks wait,";
        return rest + " at " + VirtualTime.offset(elapsed()) + "; " + nextTimer()
                + Stream.concat(runtime.waitingHandlers().stream(), unfinished.describe().stream())
                        .map(handler -> "; " + handler)
                        .collect(Collectors.joining());
    }

    @Override
    public void shutDown(Hub hub) {
        var unused = hub.shutdown(Duration.ZERO);
        advance(TIME_TO_END);
    }

    @Override
    public void close() {
        runtime.close();
    }

    /** Forgotten time is the commonest mistake: whoever sees what waits sees how far to advance. */
    private String nextTimer() {
        List<VirtualTime.PendingTimer> timers = time().pendingTimers();
        if (timers.isEmpty()) {
            return "no timer waits";
        }
        String shown = timers.stream()
                .limit(TIMERS_SHOWN)
                .map(VirtualTime.PendingTimer::toString)
                .collect(Collectors.joining(", "));
        int more = timers.size() - TIMERS_SHOWN;
        return (timers.size() == 1 ? "next timer " : "next timers ")
                + shown
                + (more > 0 ? " (+" + more + " more)" : "");
    }
}
