// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static Plan plan(long seed) {
        return Plan.draw(seed, BuiltIn.kinds(), 4, 60);
    }

    private static List<String> linesOf(Plan plan) {
        return plan.steps().stream().map(step -> step.asCode() + step.seed()).toList();
    }

    private static Set<String> kindsOf(Plan plan) {
        return plan.steps().stream().map(step -> step.kind().name()).collect(Collectors.toSet());
    }

    @Test
    void a_seed_always_gives_the_same_plan() {
        assertThat(linesOf(plan(7))).isEqualTo(linesOf(plan(7)));
        assertThat(linesOf(plan(7))).isNotEqualTo(linesOf(plan(8)));
    }

    @Test
    void some_faults_are_off_in_some_seeds() {
        assertThat(LongStream.range(1, 20)
                        .filter(seed -> kindsOf(plan(seed)).contains("drop"))
                        .count())
                .isBetween(5L, 18L);
    }

    @Test
    void every_kind_comes_in_some_seed() {
        Set<String> all = IntStream.range(1, 20)
                .mapToObj(PlanTest::plan)
                .flatMap(plan -> kindsOf(plan).stream())
                .collect(Collectors.toSet());

        assertThat(all).hasSameSizeAs(BuiltIn.kinds());
    }

    @Test
    void a_step_reads_as_a_line_of_a_test() {
        Kind say = new Kind("say", 1, Kind.Sort.APPLICATION, (player, n) -> {});
        Kind drop = new Kind("drop", 1, Kind.Sort.FAULT, (player, n) -> {});
        Kind latency = new Kind("latency", 1, Kind.Sort.DELAY, (player, n) -> {});
        Kind advance = new Kind("advance", 1, Kind.Sort.TIME, (player, n) -> {});

        assertThat(new Step(say, 0, 56, 1).asCode()).isEqualTo("say(p0, 56);");
        assertThat(new Step(drop, 1, 57, 1).asCode()).isEqualTo("p1.drop();");
        assertThat(new Step(latency, 1, 120, 1).asCode()).isEqualTo("p1.latency(ofMillis(120));");
        assertThat(new Step(advance, 1, 30_233, 1).asCode()).isEqualTo("hub.advance(ofMillis(30233));");
    }
}
