// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.transcripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.conformance.SharedServer;
import io.hubwire.testkit.Mode;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.transcripts.GoldenTranscript;
import io.hubwire.testkit.transcripts.HubUnderTest;
import io.hubwire.testkit.transcripts.TranscriptReplay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hub keeps to the golden transcripts also where a container and a kernel are between it and its client. Those that go on for
 * longer than a test should wait, and the one thing that a kernel's buffers hide, are played in virtual time only.
 */
class GoldenTranscriptsOverSocketsTest {
    private static final Path FOLDER = Path.of("../../docs/protocol/transcripts");
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static SharedServer server;

    @BeforeAll
    static void start() {
        server = new SharedServer();
    }

    private static boolean isQuick(GoldenTranscript transcript) {
        return transcript.longest().compareTo(LONGEST) <= 0;
    }

    /** A client that reads nothing holds up the hub only behind more than the kernel's buffers take. */
    private static boolean isWithinTheKernel(GoldenTranscript transcript) {
        return transcript.needs().contains("stall");
    }

    static List<GoldenTranscript> transcripts() throws IOException {
        return all(transcript -> isQuick(transcript) && !isWithinTheKernel(transcript));
    }

    private static List<GoldenTranscript> all(Predicate<GoldenTranscript> which) throws IOException {
        return GoldenTranscript.forHubs(FOLDER).stream().filter(which).toList();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void the_hub_keeps_to_a_transcript(GoldenTranscript transcript) {
        try (HubUnderTest hub = HubUnderTest.of(
                TestHub.builder().mode(Mode.REAL).transport(new BreakingTransport(server)), transcript)) {
            TranscriptReplay.play(transcript, hub);
        }
    }

    @Test
    void none_is_left_out_but_for_its_length_or_the_kernels_buffers() throws IOException {
        assertThat(all(transcript -> !isQuick(transcript)))
                .extracting(GoldenTranscript::name)
                .containsExactly(
                        "attached-longer-than-ttl.json",
                        "credentials-expired.json",
                        "credentials-expiring.json",
                        "drain.json",
                        "groups-joined-again.json",
                        "hello-late.json",
                        "left-by-the-hub.json",
                        "left-lost-in-the-cut.json",
                        "question-answer-lost.json",
                        "request-outcome-unknown.json",
                        "session-expired.json",
                        "silent-connection.json");
        assertThat(all(GoldenTranscriptsOverSocketsTest::isWithinTheKernel))
                .extracting(GoldenTranscript::name)
                .containsExactly("gap-then-cut.json", "overflow-gap-resume.json");
    }

    @AfterAll
    static void stop() {
        server.close();
    }
}
