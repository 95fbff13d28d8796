// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Crowd;
import io.hubwire.internal.testing.Door;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection is lost at the moment when another one takes its session over. */
class DetachRaceTest {
    private static final int ROUNDS = 1_000;
    private static final int SECONDS = 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private final Hub hub = Hub.builder()
            .onRequest("echo", Integer.class, (client, number) -> number)
            .authenticator(handshake -> Admission.asUser("ann"))
            .connections(ConnectionLimits.defaults()
                    .perUser(1)
                    .handshakesPerSecond(ConnectionLimits.UNLIMITED, ConnectionLimits.UNLIMITED))
            .onDetach((client, reason) -> told.add("detached"))
            .onResume(client -> told.add("resumed"))
            .build();

    @AfterEach
    void stop() throws Exception {
        hub.shutdown(Duration.ofSeconds(5)).toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    }

    /** One connection of the client; what is closed is told so. */
    private final class Line implements Connection {
        private final LinkedBlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final ConnectionHandler handler =
                Door.open(hub, BareHandshake.anonymous().offering("hubwire.v1"), this);

        void say(String text) {
            handler.onText(text, true);
        }

        String next() throws InterruptedException {
            return Objects.requireNonNull(texts.poll(SECONDS, TimeUnit.SECONDS), "nothing comes");
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            texts.add(frame.text());
            done.completed(null);
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason) {
            texts.add("close " + reason.code());
            handler.onClosed(reason);
        }

        @Override
        public void abort() {}
    }

    private static String claim(JsonNode hello) {
        return "{\"event\":\"hub/hello\",\"data\":{\"resume\":{\"session\":"
                + hello.get("data").get("session") + ",\"seq\":0}}}";
    }

    @Test
    void the_session_goes_on_whichever_comes_first() throws Exception {
        hub.start();
        Line line = new Line();
        line.say("{\"event\":\"hub/hello\"}");
        JsonNode hello = JSON.readTree(line.next());
        Client client = hub.find(hello.get("data").get("client").asText()).orElseThrow();

        for (int round = 0; round < ROUNDS; round++) {
            Line last = line;
            Line next = new Line();
            String claim = claim(hello);
            Crowd.of(2, thread -> {
                if (thread == 0) {
                    last.handler.onClosed(CloseReason.CONNECTION_LOST);
                } else {
                    next.say(claim);
                }
            });
            hello = JSON.readTree(next.next());
            assertThat(hello.get("data").get("resumed").asBoolean()).isTrue();
            assertThat(client.isAway()).isFalse();
            line = next;
        }

        assertThatCallbacksCameInOrder(line);
        assertThatThePlaceOfTheUserIsTaken();
        client.kick(CloseReason.KICKED);
        assertThat(line.next()).isEqualTo("close 4004");
        Line another = new Line();
        another.say("{\"event\":\"hub/hello\"}");
        assertThat(another.next()).contains("\"resumed\":false");
    }

    private void assertThatCallbacksCameInOrder(Line line) throws InterruptedException {
        line.say("{\"event\":\"echo\",\"data\":7}"); // behind them in the client's lane
        assertThat(line.next()).contains("\"data\":7");
        List<String> callbacks = List.copyOf(told);
        assertThat(Collections.frequency(callbacks, "resumed")).isEqualTo(ROUNDS);
        assertThat(callbacks).endsWith("resumed");
        for (int i = 0; i < callbacks.size() - 1; i++) {
            assertThat(callbacks.subList(i, i + 2)).isNotEqualTo(List.of("detached", "detached"));
        }
    }

    private void assertThatThePlaceOfTheUserIsTaken() throws InterruptedException {
        Line another = new Line();
        another.say("{\"event\":\"hub/hello\"}");
        assertThat(another.next()).isEqualTo("close 4010");
    }
}
