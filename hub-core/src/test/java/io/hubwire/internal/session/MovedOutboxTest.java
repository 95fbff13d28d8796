// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The outbox of a connection whose session another one has taken over, for threads that have not noticed it yet. */
class MovedOutboxTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final RecordingConnection first = RecordingConnection.deferred();
    private final RecordingConnection second = RecordingConnection.inline();
    private final ClientSession session =
            SessionStage.of(runtime, OutboxPolicy.defaults()).openResumable(first, ResumePolicy.defaults());
    private final Outbox old = session.outbox();

    @BeforeEach
    void take_over() {
        old.offer(message("1"), true);
        old.offer(message("2"), true);
        Outbox moved = old.moveTo(new ConnectionEnd(session, second), 0, message("hello"));
        assertThat(moved).isNotNull();
        moved.start();
        runtime.runAll();
    }

    @Test
    void the_next_goes_on_with_what_it_had() {
        assertThat(second.sent()).containsExactly("hello", "[1,1,2]");
    }

    @Test
    void what_is_offered_to_it_goes_to_the_next() {
        Refusal refusal = old.offer(message("3"), true);

        assertThat(refusal).isNull();
        assertThat(second.sent()).endsWith("[3,3]");
    }

    @Test
    void it_writes_nothing_more_when_its_send_completes() {
        first.completeSend();
        runtime.runAll();

        assertThat(first.sent()).containsExactly("[1,1]");
    }

    @Test
    void when_it_is_to_end_the_next_one_ends() {
        old.finish(message("bye"));
        runtime.runAll();

        assertThat(second.sent()).endsWith("[3,bye]");
        assertThat(session.outbox().offer(message("4"), true)).isEqualTo(Refusal.CLOSED);
    }

    @Test
    void when_it_is_discarded_the_next_one_is() {
        assertThat(old.discard()).isTrue();

        assertThat(session.outbox().offer(message("3"), true)).isEqualTo(Refusal.CLOSED);
    }

    @Test
    void an_acknowledgement_over_the_old_connection_forgets_nothing() {
        assertThat(old.acknowledge(2)).isTrue();

        assertThat(session.outbox().moveTo(new ConnectionEnd(session, first), 0, message("hello")))
                .isNotNull();
    }
}
