// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Turns readings into what is shown of them. */
final class TrendsReport {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private TrendsReport() {}

    /** What these readings say; there is at least one. */
    static Trends of(Machine.Facts facts, List<Machine.Reading> readings) {
        Machine.Reading last = readings.get(readings.size() - 1);
        return new Trends(
                List.of(processor(facts, last), memory(last), disk(last), load(facts, last)),
                readings.stream().map(reading -> loadAt(facts, reading)).toList(),
                network(readings),
                readings.stream().map(TrendsReport::usageAt).toList());
    }

    private static Trends.Card processor(Machine.Facts facts, Machine.Reading last) {
        return new Trends.Card(
                "CPU",
                percent(last.cpu(), 1) + " %",
                "Processors",
                Integer.toString(facts.processors()),
                "HardwareChip",
                new Trends.Extra(facts.processorVendor(), facts.processorName()));
    }

    private static Trends.Card memory(Machine.Reading last) {
        return new Trends.Card(
                "Memory",
                share(last.memoryUsed(), last.memoryTotal()) + " %",
                "Total memory",
                size(last.memoryTotal()),
                "AppsSharp",
                new Trends.Extra(size(last.memoryUsed()), size(last.memoryTotal() - last.memoryUsed())));
    }

    private static Trends.Card disk(Machine.Reading last) {
        return new Trends.Card(
                "Disk",
                size(last.diskUsed()),
                "Total disk",
                size(last.diskTotal()),
                "PieChart",
                new Trends.Extra(Double.toString(share(last.diskUsed(), last.diskTotal())), ""));
    }

    private static Trends.Card load(Machine.Facts facts, Machine.Reading last) {
        return new Trends.Card(
                "Load",
                percent(last.load(), facts.processors()) + " %",
                "Processes",
                Integer.toString(last.processes()),
                "Analytics",
                new Trends.Extra(Double.toString(round(last.load())), ""));
    }

    private static Trends.Load loadAt(Machine.Facts facts, Machine.Reading reading) {
        return new Trends.Load(seconds(reading), round(reading.load()), percent(reading.load(), facts.processors()));
    }

    private static Trends.Usage usageAt(Machine.Reading reading) {
        double memory = share(reading.memoryUsed(), reading.memoryTotal());
        return new Trends.Usage(seconds(reading), percent(reading.cpu(), 1), memory);
    }

    private static List<Trends.Net> network(List<Machine.Reading> readings) {
        List<Trends.Net> points = new ArrayList<>();
        Machine.Reading before = readings.get(0);
        for (Machine.Reading reading : readings) {
            points.add(new Trends.Net(
                    seconds(reading),
                    size(reading.sent()),
                    size(reading.received()),
                    rate(before, reading, reading.received() - before.received()),
                    rate(before, reading, reading.sent() - before.sent())));
            before = reading;
        }
        return points;
    }

    /** KiB in a second; 0 for the first reading, and when an interface went away with its count. */
    private static double rate(Machine.Reading from, Machine.Reading to, long bytes) {
        double millis = Duration.between(from.time(), to.time()).toMillis();
        return millis <= 0 || bytes <= 0 ? 0 : round((double) bytes / 1024 / (millis / 1000));
    }

    private static long seconds(Machine.Reading reading) {
        return reading.time().getEpochSecond();
    }

    private static double share(long part, long whole) {
        return percent((double) part, (double) whole);
    }

    private static double percent(double part, double whole) {
        return whole <= 0 ? 0 : round(100 * part / whole);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private static String size(long bytes) {
        double value = (double) bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
