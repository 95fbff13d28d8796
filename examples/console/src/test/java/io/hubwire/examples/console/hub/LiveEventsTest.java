// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.hub;

import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.examples.console.TestConsole;
import io.hubwire.examples.console.hub.LiveEvents.Heard;
import io.hubwire.testkit.TestClient;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveEventsTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void who_wants_to_be_asked_is_told_what_the_hub_heard() {
        TestClient client = console.connectResuming("test");
        client.answers(LiveEvents.QUESTION, question -> question.choices().get(0));

        client.send("live/ask-me");

        assertThat(client).received(LiveEvents.HEARD).containsExactly(new Heard(Optional.of("tea"), Optional.empty()));
    }

    @Test
    void a_question_outlives_a_lost_connection_but_not_its_time() {
        TestClient client = console.connectResuming("test");
        client.send("live/ask-me");
        client.drop();
        console.hub().advance(LiveEvents.ANSWER_TIME.plus(Duration.ofSeconds(1)));

        client.reconnect();

        client.expectResumed();
        assertThat(client)
                .received(LiveEvents.HEARD)
                .containsExactly(new Heard(Optional.empty(), Optional.of("timeout")));
    }

    @Test
    void a_classic_client_cannot_be_asked_and_is_told_so() {
        TestClient client = console.connect("test");

        client.send("live/ask-me");

        assertThat(client)
                .received(LiveEvents.HEARD)
                .containsExactly(new Heard(Optional.empty(), Optional.of("classic_client")));
    }
}
