// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection.SendCallback;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FakeConnectionTest {
    private static final int BUFFER = 100;

    private final TestRuntime runtime = TestRuntime.create();
    private final RecordingPeer client = new RecordingPeer();
    private final RecordingHub hub = new RecordingHub();
    private final List<String> sends = new ArrayList<>();
    private FakeConnection connection = connection(SendCompletion.LATER);

    @Test
    void a_frame_arrives_as_it_was_sent() {
        send("{\"event\":\"ä\"}");

        assertThat(client.heard).containsExactly("{\"event\":\"ä\"}");
        assertThat(sends).containsExactly("done");
    }

    @Test
    void a_send_completes_after_the_call_unless_said_otherwise() {
        connection.send(Frame.of("a"), callback());

        assertThat(sends).isEmpty();
    }

    @Test
    void a_send_completes_inside_the_call_if_said_so() {
        connection = connection(SendCompletion.INLINE);

        connection.send(Frame.of("a"), callback());

        assertThat(sends).containsExactly("done");
    }

    @Test
    void a_mixed_connection_does_both_and_the_same_each_time() {
        List<Boolean> first = inlineness();

        assertThat(first).contains(true, false).isEqualTo(inlineness());
    }

    @Test
    void a_second_send_in_flight_throws_and_fails_the_test_too() {
        connection.send(Frame.of("a"), callback());

        assertThatIllegalStateException()
                .isThrownBy(() -> connection.send(Frame.of("b"), callback()))
                .withMessageContaining("a second send to ann");
        assertThatIllegalStateException().isThrownBy(runtime::settle).withMessageContaining("a second send to ann");
    }

    @Test
    void a_ping_while_a_send_is_in_flight_throws() {
        connection.send(Frame.of("a"), callback());

        assertThatIllegalStateException().isThrownBy(connection::ping).withMessageContaining("a ping to ann");
    }

    @Test
    void a_client_that_does_not_read_stalls_the_send_when_the_buffer_is_full() {
        connection.stopReading();
        send("x".repeat(60));
        send("y".repeat(60));

        assertThat(sends).containsExactly("done");
        assertThat(client.heard).isEmpty();
    }

    @Test
    void a_client_that_reads_again_gets_everything_in_order() {
        connection.stopReading();
        send("x".repeat(60));
        send("y".repeat(60));
        connection.close(CloseReason.KICKED);
        runtime.settle();

        connection.resumeReading();
        runtime.settle();

        assertThat(client.heard).containsExactly("x".repeat(60), "y".repeat(60), "closed 4004");
        assertThat(sends).containsExactly("done", "done");
    }

    @Test
    void a_frame_larger_than_the_buffer_gets_through_to_a_client_that_reads() {
        send("x".repeat(BUFFER + 1));

        assertThat(client.heard).hasSize(1);
        assertThat(sends).containsExactly("done");
    }

    @Test
    void a_frame_larger_than_the_buffer_is_stuck_before_a_client_that_does_not_read() {
        connection.stopReading();

        send("x".repeat(BUFFER + 1));

        assertThat(sends).isEmpty();
    }

    @Test
    void the_buffer_counts_bytes_and_not_characters() {
        connection.stopReading();
        send("ä".repeat(BUFFER / 2));
        send("x");

        assertThat(sends).containsExactly("done");
    }

    @Test
    void a_healthy_client_answers_a_ping() {
        ping();

        assertThat(hub.heard).containsExactly("pong");
    }

    @Test
    void a_client_that_ignores_pings_does_not() {
        connection.ignorePings();

        ping();

        assertThat(client.heard).containsExactly("ping");
        assertThat(hub.heard).isEmpty();
    }

    @Test
    void a_client_that_does_not_read_answers_a_ping_when_it_reads_again() {
        connection.stopReading();
        ping();
        assertThat(hub.heard).isEmpty();

        connection.resumeReading();
        runtime.settle();

        assertThat(hub.heard).containsExactly("pong");
    }

    @Test
    void a_healthy_client_answers_a_close_with_the_same_reason() {
        close(CloseReason.KICKED);

        assertThat(client.heard).containsExactly("closed 4004");
        assertThat(hub.heard).containsExactly("closed 4004");
    }

    @Test
    void a_stalled_client_never_sees_a_close_and_gets_1006_when_the_hub_aborts() {
        connection.stopReading();
        close(CloseReason.SLOW_CONSUMER);
        assertThat(client.heard).isEmpty();

        connection.abort();
        runtime.settle();

        assertThat(client.heard).containsExactly("closed 1006");
        assertThat(hub.heard).containsExactly("closed 1006");
    }

    @Test
    void an_abort_fails_the_send_in_flight() {
        connection.stopReading();
        send("x".repeat(BUFFER + 1));

        connection.abort();
        runtime.settle();

        assertThat(sends).containsExactly("failed: the connection of ann is lost");
    }

    @Test
    void each_end_is_told_of_the_end_once() {
        connection.close(CloseReason.KICKED);
        connection.close(CloseReason.REPLACED);
        runtime.settle();
        connection.abort();
        connection.drop();
        runtime.settle();

        assertThat(client.heard).containsExactly("closed 4004");
        assertThat(hub.heard).containsExactly("closed 4004");
    }

    @Test
    void a_send_after_the_close_fails() {
        close(CloseReason.KICKED);

        send("too late");

        assertThat(sends).containsExactly("failed: the connection of ann is closed");
    }

    @Test
    void a_dropped_connection_loses_what_was_not_read() {
        connection.stopReading();
        send("lost");

        connection.drop();
        runtime.settle();

        assertThat(client.heard).containsExactly("closed 1006");
        assertThat(hub.heard).containsExactly("closed 1006");
    }

    @Test
    void nothing_arrives_after_the_end() {
        connection.send(Frame.of("x".repeat(60)), callback());
        connection.sayGoodbye(CloseReason.NORMAL);
        connection.stopReading();
        connection.resumeReading();
        runtime.settle();

        assertThat(client.heard).containsExactly("closed 1000");
    }

    @Test
    void a_frame_that_is_stuck_when_the_client_leaves_is_lost() {
        connection.stopReading();
        send("x".repeat(60));
        send("y".repeat(60));
        connection.sayGoodbye(CloseReason.NORMAL);
        connection.resumeReading();
        runtime.settle();

        assertThat(client.heard).containsExactly("closed 1000");
        assertThat(sends).containsExactly("done", "failed: the connection of ann is lost");
    }

    @Test
    void a_vanished_client_hears_nothing_says_nothing_and_nobody_is_told() {
        connection.vanish();

        send("into the void");
        ping();
        connection.tellHub(handler -> handler.onText("from the void", true));
        runtime.settle();

        assertThat(sends).containsExactly("done");
        assertThat(client.heard).isEmpty();
        assertThat(hub.heard).isEmpty();
    }

    @Test
    void a_vanished_client_cannot_read_again() {
        connection.vanish();

        assertThatIllegalStateException().isThrownBy(connection::resumeReading);
    }

    @Test
    void a_client_s_goodbye_reaches_the_hub_and_is_answered() {
        connection.sayGoodbye(CloseReason.GOING_AWAY);
        runtime.settle();

        assertThat(hub.heard).containsExactly("closed 1001");
        assertThat(client.heard).containsExactly("closed 1001");
    }

    @Test
    void what_a_client_sends_arrives_in_order() {
        connection.tellHub(handler -> handler.onText("a", false));
        connection.tellHub(handler -> handler.onText("b", true));
        connection.sayGoodbye(CloseReason.NORMAL);
        runtime.settle();

        assertThat(hub.heard).containsExactly("a…", "b", "closed 1000");
    }

    @Test
    void what_happens_before_the_hub_listens_is_told_when_it_does() {
        FakeConnection early = unattached(SendCompletion.LATER);
        early.tellHub(handler -> handler.onText("early", true));
        early.close(CloseReason.FORBIDDEN);
        runtime.settle();

        early.attach(hub);
        runtime.settle();

        assertThat(hub.heard).containsExactly("early", "closed 4003");
    }

    @ParameterizedTest
    @EnumSource(SendCompletion.class)
    void a_send_that_is_to_fail_fails_once(SendCompletion completion) {
        connection = connection(completion);
        connection.failNextSend();

        send("a");
        send("b");

        assertThat(sends).containsExactly("failed: the test lets this send to ann fail", "done");
        assertThat(client.heard).containsExactly("b");
    }

    private FakeConnection connection(SendCompletion completion) {
        FakeConnection opened = unattached(completion);
        opened.attach(hub);
        return opened;
    }

    private FakeConnection unattached(SendCompletion completion) {
        ConnectionTraits traits = new ConnectionTraits(completion, BUFFER, Duration.ZERO);
        FakeConnection made = new FakeConnection(Wire.of(runtime), "ann", traits);
        made.attach(client);
        return made;
    }

    private List<Boolean> inlineness() {
        connection = connection(SendCompletion.MIXED);
        List<Boolean> inline = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int before = sends.size();
            connection.send(Frame.of("a"), callback());
            inline.add(sends.size() > before);
            runtime.settle();
        }
        return inline;
    }

    private void send(String text) {
        connection.send(Frame.of(text), callback());
        runtime.settle();
    }

    private void ping() {
        connection.ping();
        runtime.settle();
    }

    private void close(CloseReason reason) {
        connection.close(reason);
        runtime.settle();
    }

    private SendCallback callback() {
        return failure -> sends.add(failure == null ? "done" : "failed: " + failure.getMessage());
    }

    private static final class RecordingPeer implements ClientLink.Receiver {
        final List<String> heard = new ArrayList<>();

        @Override
        public void onText(String text) {
            heard.add(text);
        }

        @Override
        public void onPing() {
            heard.add("ping");
        }

        @Override
        public void onClosed(CloseReason reason) {
            heard.add("closed " + reason.code());
        }
    }

    private static final class RecordingHub implements ConnectionHandler {
        final List<String> heard = new ArrayList<>();

        @Override
        public void onText(String part, boolean last) {
            heard.add(last ? part : part + "…");
        }

        @Override
        public void onPong() {
            heard.add("pong");
        }

        @Override
        public void onViolation(CloseReason reason) {
            heard.add("violation " + reason.code());
        }

        @Override
        public void onClosed(CloseReason reason) {
            heard.add("closed " + reason.code());
        }
    }
}
