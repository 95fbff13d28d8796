// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import org.junit.jupiter.api.Test;

class WritersTest {
    private static final int MORE_THAN_WORKERS = 10;

    private final ManualRuntime runtime = new ManualRuntime();
    private final BreakingDeadlines deadlines = new BreakingDeadlines();
    private final SessionStage stage =
            new SessionStage(runtime, OutboxPolicy.defaults(), InboundLimits.defaults(), deadlines);

    /** Cannot watch a send, as for want of memory, while the test says so. */
    private static final class BreakingDeadlines implements Deadlines {
        private boolean isBroken = true;

        @Override
        public void watchSend(ClientSession session) {
            if (isBroken) {
                throw new AssertionError("thrown on purpose");
            }
        }

        @Override
        public void watchHandler(ClientSession session, long dueNanos) {}

        @Override
        public void watchClose(ClientSession session, long delayNanos) {}

        @Override
        public void watchIds(ClientSession session, long delayNanos) {}

        @Override
        public void watchQuestion(PendingAsk ask, long delayNanos) {}
    }

    @Test
    void a_failure_of_the_writing_itself_costs_its_client_the_connection_and_no_other_its_writer() {
        for (int i = 0; i < MORE_THAN_WORKERS; i++) {
            RecordingConnection connection = RecordingConnection.deferred();
            ClientSession session = stage.open(connection);
            session.outbox().offer(message("x"), false);
            runtime.runAll();
            assertThat(session.life().reason()).isEqualTo(CloseReason.CONNECTION_LOST);
            assertThat(connection.aborts()).isEqualTo(1);
        }
        deadlines.isBroken = false;
        RecordingConnection connection = RecordingConnection.deferred();

        stage.open(connection).outbox().offer(message("backlog"), false);
        runtime.runAll();

        assertThat(connection.sent()).containsExactly("backlog");
    }
}
