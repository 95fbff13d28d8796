// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One of the golden transcripts of {@code docs/protocol/transcripts}. */
record TranscriptFile(String name, JsonNode root) {
    private static final JsonMapper JSON = new JsonMapper();

    static List<TranscriptFile> all() {
        Path folder = Path.of(System.getProperty("hubwire.root", "../.."), "docs/protocol/transcripts");
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(TranscriptFile::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static TranscriptFile named(String name) {
        return all().stream().filter(file -> file.name.equals(name)).findFirst().orElseThrow();
    }

    private static TranscriptFile read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".json", "");
            return new TranscriptFile(name, JSON.readTree(Files.readString(file)));
        } catch (IOException failure) {
            throw new UncheckedIOException(file.toString(), failure);
        }
    }

    /** With one text in its place, wherever it stands. */
    TranscriptFile changed(String text, String into) {
        try {
            return new TranscriptFile(name, JSON.readTree(root.toString().replace(text, into)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean isAgainst(String side) {
        return texts(root.path("against")).contains(side);
    }

    /** The steps for a replay against this side. */
    List<JsonNode> stepsAgainst(String side) {
        List<JsonNode> steps = new ArrayList<>();
        for (JsonNode step : root.path("steps")) {
            if (step.path("against").asText(side).equals(side)) {
                steps.add(step);
            }
        }
        return steps;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    @Override
    public String toString() {
        return name;
    }
}
