// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One file of the protocol's golden transcripts, as a test of a hub. Immutable and thread-safe. */
public final class GoldenTranscript {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HUB = "hub";

    private final String name;
    private final JsonNode content;

    private GoldenTranscript(String name, JsonNode content) {
        this.name = name;
        this.content = content;
    }

    /**
     * Those of a folder that are for hubs, by name.
     *
     * @throws IOException if the folder or a file cannot be read, or a file is not JSON
     */
    public static List<GoldenTranscript> forHubs(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<GoldenTranscript> transcripts = new ArrayList<>();
        for (Path file : files) {
            GoldenTranscript transcript =
                    new GoldenTranscript(file.getFileName().toString(), JSON.readTree(file.toFile()));
            if (transcript.texts("against").contains(HUB)) {
                transcripts.add(transcript);
            }
        }
        return List.copyOf(transcripts);
    }

    /** The name of the file. */
    public String name() {
        return name;
    }

    /** What the case shows. */
    public String title() {
        return content.get("title").asText();
    }

    /** Whether the client offers no subprotocol. */
    public boolean isClassic() {
        return content.get("profile").asText().equals("classic");
    }

    /** What the transport must be able to do that not every one can: {@code stall}. */
    public Set<String> needs() {
        return texts("needs");
    }

    /** How long it may take on a real clock, if the hub uses all the time that it has. */
    public Duration longest() {
        return StreamSupport.stream(steps().spliterator(), false)
                .filter(GoldenTranscript::isForHubs)
                .map(GoldenTranscript::longest)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration longest(JsonNode step) {
        boolean isWaiting = step.has(HUB) || step.has("close");
        long millis = step.path("advance").asLong()
                + (isWaiting ? step.path("withinMs").asLong() : 0);
        return Duration.ofMillis(millis);
    }

    static boolean isForHubs(JsonNode step) {
        return step.path("against").asText(HUB).equals(HUB);
    }

    JsonNode steps() {
        return content.get("steps");
    }

    /** Settings of the hub that are not the defaults. */
    JsonNode settings() {
        return content.path(HUB);
    }

    private Set<String> texts(String field) {
        return StreamSupport.stream(content.path(field).spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return name;
    }
}
