// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.testkit.contract.Rule.Kind;
import io.hubwire.testkit.contract.Rule.Level;

/** A rule and how it is tried. */
record RuleCheck(Rule rule, Body body) {
    /** Tries a rule: returns if it holds. */
    @FunctionalInterface
    interface Body {
        void run(Trial trial) throws Exception;
    }

    static RuleCheck must(String id, String sentence, Body body) {
        return new RuleCheck(new Rule(id, Level.MUST, Kind.EXACT, sentence), body);
    }

    static RuleCheck should(String id, String sentence, Body body) {
        return new RuleCheck(new Rule(id, Level.SHOULD, Kind.EXACT, sentence), body);
    }

    /** The same, tried often, and kept by luck at times. */
    RuleCheck stochastic() {
        return new RuleCheck(new Rule(rule.id(), rule.level(), Kind.STOCHASTIC, rule.sentence()), body);
    }
}
