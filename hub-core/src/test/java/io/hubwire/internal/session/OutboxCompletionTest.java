// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.OutboxPolicy;
import io.hubwire.internal.testing.CountingReceipt;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a send leaves to do that another thread completes while its own has not returned from it. */
class OutboxCompletionTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final SessionStage stage = SessionStage.of(runtime, OutboxPolicy.defaults());

    /** Otherwise an acknowledgement could find the next message in the place of the one that nobody was told of. */
    @Test
    void nothing_is_sent_before_the_sender_of_the_last_message_was_told() throws Exception {
        RecordingConnection connection = RecordingConnection.deferred();
        Outbox outbox = stage.open(connection).outbox();
        SlowReceipt slow = new SlowReceipt();
        Thread container = new Thread(connection::completeSend, "container");
        connection.duringNextSend(() -> {
            outbox.offer(message("b"), true);
            container.start();
            slow.awaitTold();
        });

        outbox.offer(message("a", slow), true);
        runtime.runAll();
        assertThat(connection.sent()).containsExactly("a");

        slow.goOn();
        container.join();
        runtime.runAll();
        assertThat(connection.sent()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_receipt_that_throws_costs_its_client_the_connection_and_leaves_nothing_waiting(boolean isInline) {
        RecordingConnection connection = isInline ? RecordingConnection.inline() : RecordingConnection.deferred();
        ClientSession session = stage.open(connection);
        CountingReceipt waiting = new CountingReceipt();
        connection.duringNextSend(() -> session.outbox().offer(message("b", waiting), true));

        session.outbox().offer(message("a", new BrokenReceipt()), true);
        if (!isInline) {
            assertThatThrownBy(connection::completeSend).hasMessage("no threads");
        }
        runtime.runAll();

        assertThat(session.life().reason()).isEqualTo(CloseReason.CONNECTION_LOST);
        assertThat(connection.aborts()).isEqualTo(1);
        assertThat(connection.sent()).containsExactly("a");
        assertThat(waiting.lost()).isEqualTo(1);
    }

    private static final class BrokenReceipt implements Outgoing.Receipt {
        @Override
        public void onWritten() {
            throw new OutOfMemoryError("no threads");
        }

        @Override
        public void onLost() {}
    }

    /** Takes as long as the test says. */
    private static final class SlowReceipt implements Outgoing.Receipt {
        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch mayReturn = new CountDownLatch(1);

        @Override
        public void onWritten() {
            told.countDown();
            await(mayReturn);
        }

        @Override
        public void onLost() {}

        void awaitTold() {
            await(told);
        }

        void goOn() {
            mayReturn.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
