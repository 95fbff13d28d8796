// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.Server;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a client sends, its answer, its close code and what the application is told are the same everywhere. */
class FrameVerdictTest {
    private static final List<FrameCase> CASES = Stream.of(MessageCases.all(), ControlCases.all(), CloseCases.all())
            .flatMap(List::stream)
            .toList();

    private static JudgingHub hub;

    @BeforeAll
    static void start() {
        hub = new JudgingHub();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @TestFactory
    Stream<DynamicTest> the_verdict_on_each_case_is_that_of_the_table() {
        Map<String, String> deviations = VerdictGaps.of(Server.STARTER.name());
        return CASES.stream()
                .map(frameCase -> DynamicTest.dynamicTest(
                        frameCase.name(),
                        () -> assertThat(hub.verdictOn(frameCase))
                                .as(frameCase.name())
                                .isEqualTo(deviations.getOrDefault(frameCase.name(), frameCase.verdict()))));
    }

    @Test
    void the_table_is_large_and_every_deviation_is_one_of_a_case() {
        List<String> names = CASES.stream().map(FrameCase::name).toList();

        assertThat(names).hasSizeGreaterThan(60).doesNotHaveDuplicates();
        assertThat(names).containsAll(VerdictGaps.of(Server.STARTER.name()).keySet());
    }
}
