// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.testkit.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The session that the protocol's page shows is what a hub says, but for what is drawn at random and the time of day. */
class WorkedSessionTest {
    private static final Path DOCS =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolveSibling("docs");
    private static final Path PAGE = DOCS.resolve("protocol.md");
    private static final Pattern BLOCK =
            Pattern.compile("(<!-- session: whole-session\\.json -->\\n```\\n).*?(?=```)", Pattern.DOTALL);
    private static final Pattern DRAWN = Pattern.compile("\"(?:client|session)\":\"([^\"]+)\"");

    @Test
    void the_page_shows_the_frames_of_the_transcript_byte_for_byte() throws IOException {
        String text = Files.readString(PAGE);
        String fresh = BLOCK.matcher(text).replaceFirst("$1" + Matcher.quoteReplacement(session()));
        if (System.getProperty("docs.write") != null && !fresh.equals(text)) {
            Files.writeString(PAGE, fresh);
            text = fresh;
        }
        assertThat(text)
                .as("docs/protocol.md differs from what the hub says; to refresh it, run this test with -Ddocs.write")
                .isEqualTo(fresh)
                .containsPattern(BLOCK);
    }

    private static String session() throws IOException {
        GoldenTranscript transcript = GoldenTranscript.forHubs(DOCS.resolve("protocol/transcripts")).stream()
                .filter(one -> one.name().equals("whole-session.json"))
                .findFirst()
                .orElseThrow();
        try (RecordedHub hub = new RecordedHub(HubUnderTest.of(TestHub.builder(), transcript))) {
            TranscriptReplay.play(transcript, hub);
            return withoutChance(String.join("\n", hub.lines()) + "\n");
        }
    }

    /** Each value that is drawn has the same stand-in wherever it is. */
    private static String withoutChance(String lines) {
        String plain =
                lines.replaceAll("invented-value-(\\d+)", "c-$1").replaceAll("(?<=\"timestamp\":)\\d+", "1715670733");
        Map<String, String> standIns = new LinkedHashMap<>();
        for (Matcher drawn = DRAWN.matcher(plain); drawn.find(); ) {
            standIns.putIfAbsent(drawn.group(1), standIn(drawn.group(), standIns.size()));
        }
        String shown = plain;
        for (Map.Entry<String, String> value : standIns.entrySet()) {
            shown = shown.replace("\"" + value.getKey() + "\"", "\"" + value.getValue() + "\"");
        }
        return shown;
    }

    private static String standIn(String field, int number) {
        return field.startsWith("\"client\"") ? "Kz4v8aLq" : "Kz4v8aLq.secret-" + number;
    }
}
