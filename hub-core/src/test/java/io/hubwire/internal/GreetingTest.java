// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.ConnectionLimits;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HandshakeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client of the second profile says before it has a session. */
class GreetingTest {
    private static final int SILENT = 2_000;
    private static final String ECHO = "{\"event\":\"echo\",\"data\":";

    private final Lobby lobby = Lobby.with(
            hub -> hub.connections(ConnectionLimits.defaults().total(SILENT).handshakesPerSecond(10_000, 10_000))
                    .onRequest("echo", Integer.class, (client, number) -> number));

    private ResumingPeer ann() {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann");
    }

    @Test
    void messages_in_one_text_with_the_hello_are_handled_behind_it() {
        ResumingPeer ann = ann().send("[{\"event\":\"hub/hello\"}," + ECHO + "1}," + ECHO + "2}]");

        assertThat(ann.hellos()).isOne();
        assertThat(ann.received()).containsExactly("1", "2");
    }

    @Test
    void they_come_before_those_of_the_next_text() {
        ResumingPeer ann = ann();
        ann.handler().onText("[{\"event\":\"hub/hello\"}," + ECHO + "1}]", true);
        ann.handler().onText(ECHO + "2}", true);
        lobby.settle();

        assertThat(ann.read().received()).containsExactly("1", "2");
    }

    @Test
    void what_is_malformed_behind_the_hello_is_answered() {
        ResumingPeer ann = ann().send("[{\"event\":\"hub/hello\"},{\"event\":7}," + ECHO + "2}]");

        assertThat(ann.received()).containsExactly("2");
        assertThat(ann.connection().sent()).anyMatch(frame -> frame.contains("hub/error") && frame.contains("1001"));
        assertThat(ann.connection().closes()).isEmpty();
    }

    @Test
    void a_second_hello_in_the_text_is_closed_with_4000() {
        ResumingPeer ann = ann().send("[{\"event\":\"hub/hello\"},{\"event\":\"hub/hello\"}]");

        assertThat(ann.connection().closes()).containsExactly(CloseReason.BAD_PROTOCOL);
    }

    @Test
    void a_text_that_does_not_begin_with_the_hello_is_closed_with_4000() {
        ResumingPeer ann = ann().send("[" + ECHO + "1},{\"event\":\"hub/hello\"}]");
        ResumingPeer bob = ann().send("[7,{\"event\":\"hub/hello\"}]");

        assertThat(ann.connection().closes()).containsExactly(CloseReason.BAD_PROTOCOL);
        assertThat(bob.connection().closes()).containsExactly(CloseReason.BAD_PROTOCOL);
    }

    @Test
    void a_claim_comes_alone() {
        ResumingPeer ann = ann().send(
                        "[{\"event\":\"hub/hello\",\"data\":{\"resume\":{\"session\":\"a.b\",\"seq\":0}}}," + ECHO
                                + "1}]");

        assertThat(ann.connection().closes()).containsExactly(CloseReason.BAD_PROTOCOL);
    }

    @Test
    void a_client_whose_claim_was_refused_may_send_as_soon_as_it_has_read_the_answer() {
        QuickConnection connection = new QuickConnection("{\"event\":\"hub/hello\"", ECHO + "1}");
        ConnectionHandler handler =
                Door.open(lobby.hub(), BareHandshake.anonymous().offering("hubwire.v1"), connection);
        connection.answersBy(handler);

        handler.onText("{\"event\":\"hub/hello\",\"data\":{\"resume\":{\"session\":\"a.b\",\"seq\":0}}}", true);
        lobby.settle();

        assertThat(connection.closes()).isEmpty();
        assertThat(connection.sent()).hasSize(2);
        assertThat(connection.sent().get(0)).contains("\"resumed\":false");
        assertThat(connection.sent().get(1)).contains("\"event\":\"echo\",\"data\":1");
    }

    @Test
    void two_thousand_silent_sockets_are_gone_a_second_after_their_time() {
        List<RecordingConnection> silent = new ArrayList<>();
        for (int i = 0; i < SILENT; i++) {
            RecordingConnection connection = RecordingConnection.inline();
            silent.add(connection);
            Door.open(lobby.hub(), BareHandshake.anonymous().offering("hubwire.v1"), connection);
        }
        assertThat(isRefused()).isTrue();

        lobby.advance(Duration.ofSeconds(11));
        lobby.settle();

        assertThat(silent).allSatisfy(connection -> {
            assertThat(connection.closes()).containsExactly(CloseReason.HELLO_TIMEOUT);
            assertThat(connection.aborts()).isOne();
        });
        for (int i = 0; i < SILENT; i++) {
            assertThat(isRefused()).isFalse();
        }
        assertThat(isRefused()).isTrue();
    }

    /** Otherwise its place is kept. */
    private boolean isRefused() {
        return lobby.hub()
                        .acceptor()
                        .admit(BareHandshake.anonymous().offering("hubwire.v1"))
                        .toCompletableFuture()
                        .join()
                instanceof HandshakeResult.Refused;
    }

    /** A peer that has read a frame, and says something to it, before the send of that frame returns. */
    private static final class QuickConnection implements Connection {
        private final String awaited;
        private final String said;
        private final List<String> sent = new ArrayList<>();
        private final List<CloseReason> closes = new ArrayList<>();
        private @Nullable ConnectionHandler handler;

        QuickConnection(String awaited, String said) {
            this.awaited = awaited;
            this.said = said;
        }

        void answersBy(ConnectionHandler hub) {
            handler = hub;
        }

        List<String> sent() {
            return sent;
        }

        List<CloseReason> closes() {
            return closes;
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            sent.add(frame.text());
            if (handler != null && frame.text().startsWith(awaited)) {
                handler.onText(said, true);
            }
            done.completed(null);
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason) {
            closes.add(reason);
        }

        @Override
        public void abort() {}
    }
}
