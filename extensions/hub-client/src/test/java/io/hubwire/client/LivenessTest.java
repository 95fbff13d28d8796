// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Heartbeat and acknowledgements. */
class LivenessTest {
    private static final String PONG = "{\"event\":\"hub/ping\",\"code\":0,\"timestamp\":1}";

    @Test
    void asks_after_25_seconds_of_silence_with_its_position() {
        PlayedHub hub = PlayedHub.connected();
        hub.push(1, "note", "1");
        hub.advance(Duration.ofSeconds(2));
        hub.takeSent();

        hub.advance(Duration.ofMillis(22_999));
        assertThat(hub.takeSent()).isEmpty();
        hub.advance(Duration.ofMillis(1));

        assertThat(hub.takeSent()).containsExactly("{\"event\":\"hub/ping\",\"data\":{\"seq\":1}}");
    }

    @Test
    void a_hub_that_does_not_answer_within_10_seconds_is_left_and_come_back_to() {
        PlayedHub hub = PlayedHub.connected();
        hub.advance(Duration.ofSeconds(25));

        hub.advance(Duration.ofMillis(9_999));
        assertThat(hub.client.state()).isEqualTo(ConnectionState.OPEN);
        hub.advance(Duration.ofMillis(1));

        assertThat(hub.socket().closedByClient()).isEqualTo(4201);
        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
        assertThat(hub.accept().sent).singleElement().asString().contains("secret-1");
    }

    @Test
    void anything_that_arrives_is_an_answer() {
        PlayedHub hub = PlayedHub.connected();

        for (int i = 1; i <= 20; i++) {
            hub.advance(Duration.ofSeconds(30));
            hub.say(i % 2 == 0 ? PONG : "{\"event\":\"cursor\",\"code\":0,\"timestamp\":1,\"volatile\":true}");
        }

        assertThat(hub.client.state()).isEqualTo(ConnectionState.OPEN);
    }

    @Test
    void keeps_to_the_times_that_the_hub_gives() {
        PlayedHub hub = new PlayedHub();
        hub.accept();
        hub.takeSent();
        hub.say("{\"event\":\"hub/hello\",\"data\":{\"session\":\"s\",\"resumed\":false,\"seq\":0,"
                + "\"heartbeat\":{\"intervalMs\":1000,\"timeoutMs\":500}},\"code\":0,\"timestamp\":1}");

        hub.advance(Duration.ofSeconds(1));
        assertThat(hub.takeSent()).hasSize(1);
        hub.advance(Duration.ofMillis(500));
        assertThat(hub.client.state()).isEqualTo(ConnectionState.WAITING);
    }

    @Test
    void acknowledges_a_second_after_the_first_message() {
        PlayedHub hub = PlayedHub.connected();
        hub.push(1, "note", "1");
        hub.advance(Duration.ofMillis(600));
        hub.push(2, "note", "2");

        hub.advance(Duration.ofMillis(399));
        assertThat(hub.takeSent()).isEmpty();
        hub.advance(Duration.ofMillis(1));

        assertThat(hub.takeSent()).containsExactly("{\"event\":\"hub/ack\",\"data\":{\"seq\":2}}");
    }

    @Test
    void acknowledges_32_messages_at_once() {
        PlayedHub hub = PlayedHub.connected();

        for (int i = 1; i <= 31; i++) {
            hub.push(i, "note", "1");
        }
        assertThat(hub.takeSent()).isEmpty();
        hub.push(32, "note", "1");

        assertThat(hub.takeSent()).containsExactly("{\"event\":\"hub/ack\",\"data\":{\"seq\":32}}");
        hub.advance(Duration.ofSeconds(2));
        assertThat(hub.takeSent()).isEmpty();
    }

    @Test
    void acknowledges_at_once_after_a_resume() {
        PlayedHub hub = PlayedHub.connected();
        hub.push(1, "note", "1");
        hub.close(1006);

        hub.resume();

        assertThat(hub.takeSent()).containsExactly("{\"event\":\"hub/ack\",\"data\":{\"seq\":1}}");
    }

    @Test
    void volatile_messages_are_not_acknowledged() {
        PlayedHub hub = PlayedHub.connected();

        hub.say("{\"event\":\"cursor\",\"code\":0,\"timestamp\":1,\"volatile\":true}");
        hub.advance(Duration.ofSeconds(2));

        assertThat(hub.takeSent()).isEmpty();
    }
}
