// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptReplayTest {
    static List<TranscriptFile> transcripts() {
        return TranscriptFile.all().stream()
                .filter(file -> file.isAgainst("client"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void the_client_behaves_as_in(TranscriptFile transcript) {
        ClientReplay.of(transcript);
    }

    @Test
    void a_replay_notices_a_position_that_is_not_the_expected_one() {
        TranscriptFile changed = TranscriptFile.named("resume-several-missed")
                .changed("\"session1\"},\"seq\":1", "\"session1\"},\"seq\":2");

        assertThatThrownBy(() -> ClientReplay.of(changed))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected {\"event\":\"hub/hello\"");
    }

    @Test
    void a_replay_notices_what_the_application_should_not_have_seen() {
        TranscriptFile changed = TranscriptFile.named("numbers-seen-before")
                .changed("{\"seen\":[{\"event\":\"note\",\"data\":1},", "{\"seen\":[");

        assertThatThrownBy(() -> ClientReplay.of(changed))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected to see");
    }

    @Test
    void a_replay_notices_a_client_that_stays_away() {
        TranscriptFile changed = TranscriptFile.named("come-back-now").changed("4201", "4004");

        assertThatThrownBy(() -> ClientReplay.of(changed))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no connection within");
    }
}
