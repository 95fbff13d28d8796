// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.verdict;

import java.util.Map;

/** Verdicts that differ on one container, by the name of the case. */
final class VerdictGaps {
    private VerdictGaps() {}

    /** What comes of some cases on this container instead. */
    static Map<String, String> of(String container) {
        return switch (container) {
            case "Tomcat" -> Map.of("a close with a text that is no UTF-8", "closed 1002 / 1002");
            case "Jetty" ->
                Map.of("a close without a code", "closed 1005 / 1000", "a length below zero", "closed 1009 / 1009");
            case "Undertow" -> Map.of("a ping without a mask", "pong:0 open / 1000");
            default -> Map.of();
        };
    }
}
