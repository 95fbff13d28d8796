// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.contract;

import java.util.Map;

/** What of the transport contract cannot be had on a container, and why. */
final class ContractGaps {
    private ContractGaps() {}

    /** The gaps of a container, by rule. */
    static Map<String, String> of(String container) {
        return switch (container) {
            case "Tomcat" ->
                Map.of(
                        "OPEN-08",
                        "upgrades a peer that was reset meanwhile, and never says that nothing came of it; the hub gives"
                                + " the place back by itself some seconds later");
            case "Undertow" ->
                Map.of(
                        "SIZE-04",
                        "drops empty fragments before anybody can count them; it keeps nothing of them either");
            default -> Map.of();
        };
    }
}
