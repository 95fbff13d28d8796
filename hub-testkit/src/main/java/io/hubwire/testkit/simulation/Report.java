// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a failed simulation says. */
final class Report {
    private static final int SHOWN_BEFORE = 40;
    private static final int SHOWN_BEHIND = 20;

    private Report() {}

    static SimulationFailure broken(Setup setup, Plan plan, Plan shrunk, int runs, Broken first) {
        try (Run run = new Run(setup, shrunk, false)) {
            Broken broken = run.play().orElse(first);
            String seed = hex(plan.seed());
            String message =
                    "simulation failed: seed " + seed + ", " + plan.steps().size() + " actions, shrunk to "
                            + shrunk.steps().size() + " in " + runs + " runs\n"
                            + "replay with -D" + Seeds.ONE + "=" + seed + "\n\n"
                            + broken.described() + "\n\n"
                            + run.transcript(broken) + "\n\n"
                            + "The same as a test (schedule " + hex(shrunk.schedule()) + "):\n"
                            + (setup.isVaried ? "    varying(hub, new Random(" + hex(shrunk.settings()) + "L));\n" : "")
                            + asTest(shrunk);
            return new SimulationFailure(plan.seed(), message, broken.cause());
        }
    }

    static SimulationFailure different(long seed, List<String> one, List<String> other) {
        int line = 0;
        while (line < one.size() && line < other.size() && one.get(line).equals(other.get(line))) {
            line++;
        }
        String message =
                "seed " + hex(seed) + " gave two different runs: hidden non-determinism, first difference at line "
                        + (line + 1) + ": " + difference(lineOf(one, line), lineOf(other, line));
        return new SimulationFailure(seed, message, Optional.empty());
    }

    static SimulationFailure tame(int seeds, List<String> missing) {
        String marks = missing.stream().map(mark -> "'" + mark + "'").collect(Collectors.joining(", "));
        String message = "never happened in " + seeds + " seeds: " + marks
                + " - the simulation is too tame to prove anything about it";
        return new SimulationFailure(seeds, message, Optional.empty());
    }

    private static String asTest(Plan plan) {
        return plan.steps().stream().map(step -> "    " + step.asCode()).collect(Collectors.joining("\n"));
    }

    private static String lineOf(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "(the end)";
    }

    private static String difference(String one, String other) {
        int common = 0;
        while (common < one.length() && common < other.length() && one.charAt(common) == other.charAt(common)) {
            common++;
        }
        return excerpt(one, common) + " / " + excerpt(other, common);
    }

    private static String excerpt(String line, int around) {
        int from = Math.max(0, around - SHOWN_BEFORE);
        int to = Math.min(line.length(), around + SHOWN_BEHIND);
        return (from == 0 ? "" : "…") + line.substring(from, to) + (to == line.length() ? "" : "…");
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
