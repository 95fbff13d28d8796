// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.util.Locale;

/**
 * One thing that every transport does for a hub.
 *
 * @param id for ever the same, such as {@code CLOSE-03}
 * @param level how much depends on it
 * @param kind whether one run proves it
 * @param sentence what it says
 */
public record Rule(String id, Level level, Kind kind, String sentence) {
    /** How much depends on a rule. */
    public enum Level {
        /** A hub on a transport that breaks it does not keep its promises. */
        MUST,
        /** A hub gets along without it; its clients or its operators notice. */
        SHOULD
    }

    /** Whether one run proves a rule. */
    public enum Kind {
        /** It is kept or broken in every run. */
        EXACT,
        /** It is tried often within a run, and can still be kept by luck. */
        STOCHASTIC
    }

    /** What the rule is about: the part of its id before the number. */
    public String subject() {
        return id.substring(0, id.indexOf('-'));
    }

    @Override
    public String toString() {
        return id + " " + level.name().toLowerCase(Locale.ROOT) + ": " + sentence;
    }
}
