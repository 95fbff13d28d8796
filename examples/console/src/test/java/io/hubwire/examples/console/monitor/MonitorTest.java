// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.HubBuilder;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MonitorTest {
    private static final UnaryOperator<HubBuilder> ANY = hub -> hub;

    private final FixedMachine machine = new FixedMachine();
    private final Monitor monitor = new Monitor(machine);

    @Test
    void the_machine_is_read_at_once_when_somebody_asks_first() {
        Trends trends = monitor.trends();

        assertThat(machine.readings()).isEqualTo(1);
        assertThat(trends.usage()).containsExactly(new Trends.Usage(1_700_000_000, 25, 37.5));
        assertThat(trends.load()).containsExactly(new Trends.Load(1_700_000_000, 1.5, 37.5));
        assertThat(trends.net()).containsExactly(new Trends.Net(1_700_000_000, "0 B", "0 B", 0, 0));
    }

    @Test
    void rates_are_those_between_two_readings() {
        monitor.sample();
        monitor.sample();

        assertThat(monitor.trends().net().get(1))
                .isEqualTo(new Trends.Net(1_700_000_002, "1.0 MiB", "2.0 MiB", 1024, 512));
    }

    @Test
    void four_cards_are_named_as_hotgo_names_them() {
        assertThat(monitor.trends().head())
                .containsExactly(
                        new Trends.Card(
                                "CPU",
                                "25.0 %",
                                "Processors",
                                "4",
                                "HardwareChip",
                                new Trends.Extra("Maker", "Model 5")),
                        new Trends.Card(
                                "Memory",
                                "37.5 %",
                                "Total memory",
                                "8.0 MiB",
                                "AppsSharp",
                                new Trends.Extra("3.0 MiB", "5.0 MiB")),
                        new Trends.Card(
                                "Disk",
                                "100.0 MiB",
                                "Total disk",
                                "400.0 MiB",
                                "PieChart",
                                new Trends.Extra("25.0", "")),
                        new Trends.Card("Load", "37.5 %", "Processes", "42", "Analytics", new Trends.Extra("1.5", "")));
    }

    @Test
    void the_last_readings_are_remembered_and_no_more() {
        for (int turn = 0; turn < Monitor.HISTORY + 5; turn++) {
            monitor.sample();
        }

        assertThat(monitor.trends().usage()).hasSize(Monitor.HISTORY);
        assertThat(monitor.trends().usage().get(0).time()).isEqualTo(1_700_000_000 + 2 * 5);
    }

    @Test
    void a_reading_right_after_the_last_is_not_remembered() {
        Monitor hurried = new Monitor(new FixedMachine(Duration.ofMillis(400)));

        for (int turn = 0; turn < 7; turn++) { // at 0, 0.4 … 2.4 s
            hurried.sample();
        }

        assertThat(hurried.trends().usage())
                .extracting(Trends.Usage::time)
                .containsExactly(1_700_000_000L, 1_700_000_001L, 1_700_000_002L);
    }

    @Test
    void the_machine_is_read_now_and_then_until_the_hub_ends() {
        TestHub hub = TestHub.of(ANY);
        monitor.start(hub.hub().timers());

        hub.advance(Duration.ofSeconds(20));
        int whileItRan = machine.readings();
        hub.close();

        assertThat(whileItRan).isEqualTo(10);
        assertThat(machine.readings()).isEqualTo(10);
    }

    @Test
    void the_run_info_counts_clients_and_users() {
        try (TestHub hub = TestHub.of(ANY)) {
            hub.connect("1");
            hub.connect("1");
            hub.connect("2");

            RunInfo info = monitor.runInfo(hub.hub());

            assertThat(info.clients()).isEqualTo(3);
            assertThat(info.users()).isEqualTo(2);
            assertThat(info.hostname()).isEqualTo("host");
            assertThat(info.threads()).isPositive();
            assertThat(info.heapUsed()).isBetween(1L, info.heapMax());
        }
    }
}
