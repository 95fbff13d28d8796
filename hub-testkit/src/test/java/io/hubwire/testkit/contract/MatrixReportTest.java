// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.testkit.contract.Verdict.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of verdicts on paper. */
class MatrixReportTest {
    private static final Rule FIRST = Rules.withId("OPEN-01");
    private static final Rule SECOND = Rules.withId("LIFE-01");

    @TempDir
    Path folder;

    @Test
    void reports_of_several_runs_are_merged_into_one_table() throws Exception {
        MatrixReport.of(
                        "Cat 11.0",
                        List.of(new Verdict(FIRST, Outcome.HOLDS, "", 12), new Verdict(SECOND, Outcome.GAP, "cut", 3)))
                .writeTo(folder);
        MatrixReport.of(
                        "Dog/2",
                        List.of(new Verdict(FIRST, Outcome.BROKEN, "no", 1), new Verdict(SECOND, Outcome.HOLDS, "", 1)))
                .writeTo(folder);

        MatrixReport merged = MatrixReport.merge(List.of(
                MatrixReport.read(folder.resolve("Cat-11.0.json")), MatrixReport.read(folder.resolve("Dog-2.json"))));

        assertThat(merged.markdown()).isEqualTo("""
                        | Rule | Level | Cat 11.0 | Dog/2 |
                        |---|---|---|---|
                        | OPEN-01 %s | must | ok | **broken** |
                        | LIFE-01 %s | should | **gap** | ok |

                        - Cat 11.0, LIFE-01: cut
                        """.formatted(FIRST.sentence(), SECOND.sentence()));
        assertThat(folder.resolve("Dog-2.md")).content().contains("**broken**");
    }

    @Test
    void the_console_shows_what_was_seen_of_a_broken_rule() {
        String note = FIRST + "\n  on        x\n  expected  a frame\n  seen      nothing\n  what peers and hub did:\n";

        assertThat(MatrixReport.of("x", List.of(new Verdict(FIRST, Outcome.BROKEN, note, 12)))
                        .table())
                .isEqualTo("""
                        Transport contract on x
                          OPEN-01   must   broken     12 ms  expected  a frame, seen      nothing
                        """);
    }

    @Test
    void a_declared_report_says_that_all_holds_but_the_gaps() {
        String markdown =
                MatrixReport.declared("x", Map.of("LIFE-01", "sockets are cut")).markdown();

        assertThat(markdown).contains("| must | ok |").contains("- x, LIFE-01: sockets are cut");
        assertThat(markdown.lines().filter(line -> line.endsWith("| **gap** |")))
                .hasSize(1);
    }
}
