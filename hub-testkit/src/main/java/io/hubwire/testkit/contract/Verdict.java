// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

/**
 * What became of one rule on one transport. Immutable.
 *
 * @param rule the rule
 * @param outcome whether it holds
 * @param note why not: the declared reason of a gap, or what was seen; empty if it holds
 * @param millis how long it took
 */
public record Verdict(Rule rule, Outcome outcome, String note, long millis) {
    /** Whether a rule holds, and whether that was to be expected. */
    public enum Outcome {
        /** It holds. */
        HOLDS,
        /** It does not, and was not declared as a gap. */
        BROKEN,
        /** It does not, as declared. A stochastic rule that is declared as a gap is one even if it held this time. */
        GAP,
        /** It holds, although it was declared as a gap. */
        HEALED
    }

    /** Whether the transport passes, as far as this rule goes. */
    public boolean isExpected() {
        return outcome == Outcome.HOLDS || outcome == Outcome.GAP;
    }
}
