// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class OshiMachineTest {
    private final Instant now = Instant.ofEpochSecond(1_700_000_000);
    private final OshiMachine machine = new OshiMachine(InstantSource.fixed(now));

    @Test
    void this_machine_has_a_name_a_system_and_processors() {
        Machine.Facts facts = machine.facts();

        assertThat(facts.hostname()).isNotBlank();
        assertThat(facts.os()).isNotBlank();
        assertThat(facts.arch()).isEqualTo(System.getProperty("os.arch"));
        assertThat(facts.processors()).isPositive();
    }

    @Test
    void this_machine_says_what_it_does() {
        machine.read();
        Machine.Reading reading = machine.read();

        assertThat(reading.time()).isEqualTo(now);
        assertThat(reading.cpu()).isBetween(0.0, 1.0);
        assertThat(reading.memoryUsed()).isBetween(1L, reading.memoryTotal());
        assertThat(reading.diskUsed()).isBetween(1L, reading.diskTotal());
        assertThat(reading.load()).isNotNegative();
        assertThat(reading.processes()).isPositive();
        assertThat(reading.received()).isNotNegative();
    }
}
