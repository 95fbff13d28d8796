// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.testkit.FakeTransport;
import io.hubwire.testkit.SendCompletion;
import io.hubwire.testkit.contract.Verdict.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Every rule sees the fault that was planted for it. That no other rule sees it takes minutes, and runs when the system
 * property {@code hubwire.contract.cross} is set.
 */
class PlantedFaultsTest {
    private static final int AT_A_TIME = 6; // they mostly wait
    private static final Map<String, Supplier<Fault>> FAULTS = new TreeMap<>();

    static {
        FAULTS.putAll(OpenFaults.all());
        FAULTS.putAll(InboundFaults.all());
        FAULTS.putAll(PeerFaults.all());
        FAULTS.putAll(OutboundFaults.all());
        FAULTS.putAll(EndFaults.all());
    }

    @Test
    void there_is_a_fault_for_every_rule() {
        assertThat(Rules.all()).extracting(Rule::id).containsExactlyInAnyOrderElementsOf(FAULTS.keySet());
    }

    @TestFactory
    Stream<DynamicTest> a_planted_fault_breaks_its_rule() {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        Map<String, Future<Verdict>> verdicts = new TreeMap<>();
        Rules.checks().forEach(check -> verdicts.put(check.rule().id(), threads.submit(() -> verdictOn(check))));
        threads.shutdown();
        return verdicts.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> assertThat(entry.getValue()
                                        .get(1, TimeUnit.MINUTES)
                                        .outcome())
                                .isEqualTo(Outcome.BROKEN)));
    }

    @TestFactory
    @EnabledIfSystemProperty(named = "hubwire.contract.cross", matches = ".*")
    Stream<DynamicTest> a_planted_fault_breaks_no_other_rule() {
        return FAULTS.keySet().stream()
                .map(id -> DynamicTest.dynamicTest(
                        id, () -> assertThat(brokenBy(id)).containsExactly(id)));
    }

    private static Verdict verdictOn(RuleCheck check) throws Exception {
        try (ContractRun run = new ContractRun(faulty(check.rule().id()))) {
            return run.verdictOn(check);
        }
    }

    private static List<String> brokenBy(String id) throws Exception {
        try (ContractRun run = new ContractRun(faulty(id))) {
            return Rules.checks().stream()
                    .map(run::verdictOn)
                    .filter(verdict -> verdict.outcome() == Outcome.BROKEN)
                    .map(verdict -> verdict.rule().id())
                    .toList();
        }
    }

    private static TransportUnderTest faulty(String id) {
        return new FaultyTransport(
                new FakeTransport(SendCompletion.MIXED, Duration.ofSeconds(2)), FAULTS.get(id), Map.of());
    }
}
