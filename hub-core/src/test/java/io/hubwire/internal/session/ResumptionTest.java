// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResumptionTest {
    private static final String NEXT = "next";

    private final SessionStage stage = SessionStage.of(new ManualRuntime(), OutboxPolicy.defaults());
    private final ClientSession session = stage.openResumable(RecordingConnection.inline(), ResumePolicy.defaults());
    private final Resumption resumption = Objects.requireNonNull(session.resumption());
    private final String first = resumption.secret();

    private void claim() {
        assertThat(resumption.claim(first, NEXT, 0, session::outbox)).isNotNull();
    }

    @Test
    void the_last_secret_is_good_until_the_newest_connection_says_something() {
        claim();
        assertThat(resumption.accepts(first, 1)).isTrue();

        resumption.confirm(() -> true);

        assertThat(resumption.accepts(first, 1)).isFalse();
        assertThat(resumption.accepts(NEXT, 1)).isTrue();
    }

    @Test
    void what_the_replaced_connection_said_at_the_last_moment_confirms_nothing() {
        claim();

        resumption.confirm(() -> false);

        assertThat(resumption.accepts(first, 1)).isTrue();
    }

    @Test
    void the_last_secret_is_good_for_ten_seconds() {
        claim();

        assertThat(resumption.accepts(first, 9_999_999_999L)).isTrue();
        assertThat(resumption.accepts(first, 10_000_000_000L)).isFalse();
    }

    @Test
    void a_claim_that_moves_nothing_changes_no_secret() {
        assertThat(resumption.claim(first, NEXT, 0, () -> null)).isNull();

        assertThat(resumption.accepts(first, 1)).isTrue();
        assertThat(resumption.accepts(NEXT, 1)).isFalse();
    }

    @Test
    void a_session_that_is_away_is_condemned_only_if_it_still_is() {
        assertThat(resumption.revokeIf(() -> false)).isFalse();
        assertThat(resumption.accepts(first, 1)).isTrue();

        assertThat(resumption.revokeIf(() -> true)).isTrue();
        assertThat(resumption.accepts(first, 1)).isFalse();
    }
}
