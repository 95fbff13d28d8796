// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every transcript keeps to the format that {@code docs/protocol/transcripts/README.md} defines. */
class TranscriptFormatTest {
    private static final Set<String> TOP = Set.of("title", "profile", "against", "needs", "hub", "steps");
    private static final Set<String> SIDES = Set.of("hub", "client");
    private static final Set<String> SETTINGS =
            Set.of("resumeMessages", "outboxMessages", "overflow", "keptAnswerBytes", "resume");

    /** What may stand beside the kind of a step, but for {@code against}. */
    private static final Map<String, Set<String>> STEPS = Map.ofEntries(
            Map.entry("open", Set.of("withinMs", "notBeforeMs")),
            Map.entry("client", Set.of("on", "lost")),
            Map.entry("hub", Set.of("on", "lost", "withinMs")),
            Map.entry("close", Set.of("by", "on", "withinMs")),
            Map.entry("cut", Set.of("noticedBy")),
            Map.entry("advance", Set.of()),
            Map.entry("stall", Set.of()),
            Map.entry("flow", Set.of()),
            Map.entry("network", Set.of()),
            Map.entry("application", Set.of("event", "each", "to", "group", "data", "as", "timeoutMs")),
            Map.entry("handled", Set.of()),
            Map.entry("clientApplication", Set.of("token", "event", "data", "as", "timeoutMs", "group")),
            Map.entry("seen", Set.of()),
            Map.entry("oneOf", Set.of()));

    private static final Set<String> OF_THE_HUB = Set.of("send", "release", "ask", "kick", "drain", "leave");
    private static final Set<String> OF_THE_CLIENT = Set.of("connect", "token", "send", "request", "answer", "join");

    static List<TranscriptFile> transcripts() {
        return TranscriptFile.all();
    }

    @Test
    void there_are_transcripts_for_both_sides() {
        assertThat(transcripts()).hasSizeGreaterThan(40);
        assertThat(SIDES).allSatisfy(side -> assertThat(transcripts()).anyMatch(file -> file.isAgainst(side)));
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void says_what_it_is(TranscriptFile file) {
        JsonNode root = file.root();

        assertThat(names(root)).isSubsetOf(TOP);
        assertThat(root.path("title").asText()).isNotBlank();
        assertThat(root.path("profile").asText()).isIn("hubwire.v1", "classic");
        assertThat(TranscriptFile.texts(root.path("against"))).isNotEmpty().isSubsetOf(SIDES);
        assertThat(names(root.path("hub"))).isSubsetOf(SETTINGS);
        assertThat(root.path("steps")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void has_only_steps_that_are_defined(TranscriptFile file) {
        for (JsonNode step : steps(file)) {
            List<String> names = names(step);
            String kind = names.get(0);

            assertThat(kind).as("%s", step).isIn(STEPS.keySet());
            Set<String> allowed = new HashSet<>(STEPS.get(kind));
            allowed.addAll(Set.of(kind, "against"));
            assertThat(names).as("%s", step).isSubsetOf(allowed);
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void has_applications_do_only_what_is_defined(TranscriptFile file) {
        for (JsonNode step : steps(file)) {
            if (step.has("application")) {
                assertThat(step.get("application").asText()).isIn(OF_THE_HUB);
            }
            if (step.has("clientApplication")) {
                assertThat(step.get("clientApplication").asText()).isIn(OF_THE_CLIENT);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void speaks_only_on_connections_that_were_opened(TranscriptFile file) {
        for (String side : TranscriptFile.texts(file.root().path("against"))) {
            Set<Integer> opened = new HashSet<>();
            for (JsonNode step : file.stepsAgainst(side)) {
                if (step.has("open")) {
                    assertThat(opened.add(step.get("open").asInt()))
                            .as("%s", step)
                            .isTrue();
                }
                Stream.of("on", "cut", "stall", "flow")
                        .filter(step::has)
                        .forEach(name -> assertThat(opened)
                                .as("%s", step)
                                .contains(step.get(name).asInt()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void uses_only_what_was_captured(TranscriptFile file) {
        Set<String> captured = new HashSet<>();
        for (JsonNode step : steps(file)) {
            step.findValuesAsText("$capture", new ArrayList<>()).forEach(captured::add);

            assertThat(captured).as("%s", step).containsAll(step.findValuesAsText("$use"));
        }
    }

    /** Frames that the hub sends; {@code first} numbers the first counted envelope. */
    @ParameterizedTest
    @MethodSource("transcripts")
    void numbers_exactly_the_counted_envelopes(TranscriptFile file) {
        for (JsonNode step : steps(file)) {
            JsonNode frame = step.path("hub");
            boolean isNumbered = frame.path(0).isIntegralNumber();
            boolean isSilent = frame.isTextual() || frame.isMissingNode();

            assertThat(isSilent || isNumbered == hasCounted(frame))
                    .as("%s", step)
                    .isTrue();
        }
    }

    private static boolean hasCounted(JsonNode frame) {
        if (!frame.isArray()) {
            return isCounted(frame);
        }
        boolean hasCounted = false;
        for (JsonNode envelope : frame) {
            hasCounted |= envelope.isObject() && isCounted(envelope);
        }
        return hasCounted;
    }

    private static boolean isCounted(JsonNode envelope) {
        return !envelope.path("volatile").asBoolean()
                && !envelope.path("event").asText().startsWith("hub/");
    }

    /** Also those inside of {@code oneOf}. */
    private static List<JsonNode> steps(TranscriptFile file) {
        List<JsonNode> steps = new ArrayList<>();
        file.root().path("steps").forEach(step -> {
            steps.add(step);
            step.path("oneOf").forEach(list -> list.forEach(steps::add));
        });
        return steps;
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
