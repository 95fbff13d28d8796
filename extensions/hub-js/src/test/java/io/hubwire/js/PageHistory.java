// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.testkit.network.DeliveryHistory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** What a page was told and did, in its order, one line each, to be held against what its hub wrote down. */
final class PageHistory {
    private final List<String> lines = new ArrayList<>();

    void add(JsonNode taken) {
        taken.forEach(line -> lines.add(line.asText()));
    }

    /** How many lines begin so. */
    long count(String beginning) {
        return lines.stream().filter(line -> line.startsWith(beginning)).count();
    }

    /** The lines from this one on. */
    List<String> since(int line) {
        return List.copyOf(lines.subList(line, lines.size()));
    }

    int size() {
        return lines.size();
    }

    /** What became of the hub's messages; all that it sent before it was told to stop must have arrived. */
    DeliveryHistory.Verdict verdict(List<String> record) {
        DeliveryHistory history = new DeliveryHistory("page");
        numbered(record, "sent").forEach(sent -> history.nextSent(sent.split(" ")[0]));
        for (String line : lines) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "session" -> history.newSession();
                case "note" -> history.applied(words[1], Long.parseLong(words[2]));
                case "gap" -> history.gap(Long.parseLong(words[1]), Long.parseLong(words[2]));
                default -> {}
            }
        }
        return history.verdict();
    }

    /** That the hub ran nothing of this page twice or out of order, and everything that it answered. */
    void requireNothingRanTwice(List<String> record) {
        List<Long> said = numbers(record, "said");
        List<Long> counted = numbers(record, "counted");
        assertThat(said).doesNotHaveDuplicates().isSorted();
        assertThat(counted).doesNotHaveDuplicates().isSorted().containsAll(numbers(lines, "counted"));
        Stream<String> codes = numbered(lines, "failed").map(failed -> failed.split(" ")[1]);
        assertThat(codes).isSubsetOf("outcome-unknown", "timeout");
        assertThat(count("error")).isZero();
    }

    /** That the hub got every event for which there was no connection when it was sent. */
    void requireWhatWaitedArrived(List<String> record) {
        assertThat(numbers(record, "said")).containsAll(numbers(lines, "kept"));
    }

    /** Whether it has got them by now: what is still on its way, a kill takes away. */
    boolean hasWhatWaitedArrived(List<String> record) {
        return new HashSet<>(numbers(record, "said")).containsAll(numbers(lines, "kept"));
    }

    private static List<Long> numbers(List<String> lines, String first) {
        return numbered(lines, first).map(Long::valueOf).toList();
    }

    private static Stream<String> numbered(List<String> lines, String first) {
        return lines.stream()
                .filter(line -> line.startsWith(first + ' '))
                .map(line -> line.substring(first.length() + 1));
    }
}
