// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.Client;
import io.hubwire.Hub;
import io.hubwire.Timers;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Remembers the machine's last readings. Thread-safe. */
public final class Monitor {
    /** How often the machine is read. */
    public static final Duration PERIOD = Duration.ofSeconds(2);
    /** How many readings are remembered. */
    public static final int HISTORY = 60;

    private final Machine machine;
    private final Machine.Facts facts;

    private final LongAdder connectionsLost = new LongAdder();
    private final LongAdder sessionsResumed = new LongAdder();

    @GuardedBy("readings")
    private final Deque<Machine.Reading> readings = new ArrayDeque<>();

    /** Remembers what this machine says. */
    public Monitor(Machine machine) {
        this.machine = machine;
        this.facts = machine.facts();
    }

    /** Reads the machine now and then, on a thread of the hub, until the hub ends. */
    public void start(Timers timers) {
        timers.every(PERIOD, this::sample);
    }

    /** Reads the machine once; what comes too soon after the last reading says little, and is not remembered. */
    public void sample() {
        Machine.Reading reading = machine.read();
        synchronized (readings) {
            if (!readings.isEmpty() && isSoon(readings.getLast(), reading)) {
                return;
            }
            if (readings.size() == HISTORY) {
                readings.removeFirst();
            }
            readings.addLast(reading);
        }
    }

    /** To be told that a session has lost its connection and is kept. */
    public void detached() {
        connectionsLost.increment();
    }

    /** To be told that a session that was kept has a connection again. */
    public void resumed() {
        sessionsResumed.increment();
    }

    /** What the machine was doing lately; reads it once if that was never done. */
    public Trends trends() {
        List<Machine.Reading> history = history();
        if (history.isEmpty()) {
            sample();
            history = history();
        }
        return TrendsReport.of(facts, history);
    }

    /** What runs here, with this hub. */
    public RunInfo runInfo(Hub hub) {
        RuntimeMXBean process = ManagementFactory.getRuntimeMXBean();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new RunInfo(
                facts.hostname(),
                facts.os(),
                facts.arch(),
                facts.address(),
                facts.processors(),
                System.getProperty("java.version", ""),
                process.getVmName(),
                process.getStartTime() / 1000,
                process.getUptime() / 1000,
                System.getProperty("user.dir", ""),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                heap.getUsed(),
                heap.getMax(),
                hub.online().devices().count(),
                hub.online().users().count(),
                (int) hub.all().clients().stream().filter(Client::isAway).count(),
                connectionsLost.sum(),
                sessionsResumed.sum());
    }

    private static boolean isSoon(Machine.Reading last, Machine.Reading next) {
        return Duration.between(last.time(), next.time()).compareTo(PERIOD.dividedBy(2)) < 0;
    }

    private List<Machine.Reading> history() {
        synchronized (readings) {
            return List.copyOf(readings);
        }
    }
}
