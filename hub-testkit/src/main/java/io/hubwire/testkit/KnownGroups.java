// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Set;
import java.util.TreeSet;

/**
 * The groups that a client is in, as far as it was told: by the answers to joining and leaving; in the hubwire.v1 profile also when it
 * is taken out of one, and when its session goes on. Thread-safe.
 */
final class KnownGroups {
    private static final String LEFT = "hub/left";
    private static final Set<String> ANSWERED_WITH_GROUPS = Set.of("join", "quit");

    @GuardedBy("this")
    private final Set<String> names = new TreeSet<>();

    /** In order; a snapshot. */
    synchronized Set<String> names() {
        return new TreeSet<>(names);
    }

    /** What any message but a hello says. */
    void learn(ReceivedMessage message) {
        if (message.event().equals(LEFT)) {
            message.dataTree().ifPresent(this::left);
        } else if (ANSWERED_WITH_GROUPS.contains(message.event()) && message.code() == 0) {
            message.dataTree().filter(JsonNode::isArray).ifPresent(this::are);
        }
    }

    private synchronized void left(JsonNode data) {
        names.remove(data.path("id").asText());
    }

    /** A session goes on with these; with none, if the list is not there. */
    synchronized void are(JsonNode list) {
        names.clear();
        list.forEach(name -> names.add(name.asText()));
    }
}
