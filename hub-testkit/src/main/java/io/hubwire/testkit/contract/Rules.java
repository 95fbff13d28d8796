// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every rule of the contract. */
public final class Rules {
    private static final List<String> SUBJECTS =
            List.of("OPEN", "IN", "TEXT", "FRAME", "SIZE", "OUT", "BP", "HB", "CLOSE", "THREAD", "LIFE", "LOAD");

    private static final List<RuleCheck> CHECKS = Stream.of(
                    OpenRules.checks(),
                    InboundRules.checks(),
                    FrameRules.checks(),
                    SizeRules.checks(),
                    OutboundRules.checks(),
                    HeartbeatRules.checks(),
                    CloseRules.checks(),
                    CutRules.checks(),
                    LifeRules.checks())
            .flatMap(List::stream)
            .sorted(Comparator.<RuleCheck>comparingInt(
                            check -> SUBJECTS.indexOf(check.rule().subject()))
                    .thenComparing(check -> check.rule().id()))
            .toList();

    private Rules() {}

    /** All of them, subject by subject, by number within each; unmodifiable. */
    public static List<Rule> all() {
        return CHECKS.stream().map(RuleCheck::rule).toList();
    }

    /**
     * The rule with this id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Rule withId(String id) {
        return all().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no rule '" + id + "'"));
    }

    static List<RuleCheck> checks() {
        return CHECKS;
    }
}
