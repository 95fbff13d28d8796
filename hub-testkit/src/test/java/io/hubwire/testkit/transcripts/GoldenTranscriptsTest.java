// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import io.hubwire.testkit.TestHub;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hub keeps to every golden transcript, in virtual time. */
class GoldenTranscriptsTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolveSibling("docs/protocol/transcripts");

    static List<GoldenTranscript> transcripts() throws IOException {
        return GoldenTranscript.forHubs(FOLDER);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void the_hub_keeps_to_a_transcript(GoldenTranscript transcript) {
        try (HubUnderTest hub = HubUnderTest.of(TestHub.builder(), transcript)) {
            TranscriptReplay.play(transcript, hub);
        }
    }
}
