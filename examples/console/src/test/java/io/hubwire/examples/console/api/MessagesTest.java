// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.TestConsole;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.testkit.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void an_event_to_a_tag_reaches_its_members_and_nobody_else() {
        TestClient member = console.connect("test");
        TestClient other = console.connect("test");
        member.join("room-1").isOk();

        HttpAnswer answer = console.post(
                "/socket/send/toTag",
                "{\"tag\":\"room-1\",\"response\":{\"event\":\"news\",\"data\":{\"n\":[1,\"é\"]}}}",
                "admin");

        assertThat(answer.body()).isEqualTo("{\"code\":0,\"data\":{\"targets\":1,\"accepted\":1}}");
        assertThat(member.frames())
                .last()
                .asString()
                .startsWith("{\"event\":\"news\",\"data\":{\"n\":[1,\"é\"]},\"code\":0,");
        assertThat(other).receivedNothing();
    }

    @Test
    void an_event_without_data_has_none_on_the_wire() {
        TestClient member = console.connect("test");
        member.join("room-1").isOk();

        console.post(
                "/socket/send/toTag", "{\"tag\":\"room-1\",\"response\":{\"event\":\"news\",\"data\":null}}", "admin");

        assertThat(member.frames()).last().asString().startsWith("{\"event\":\"news\",\"code\":0,");
    }

    @Test
    void a_notice_to_a_user_reaches_every_device_of_that_user() {
        TestClient admin = console.connect("admin");
        TestClient first = console.connect("test");
        TestClient second = console.connect("test");

        HttpAnswer answer =
                console.post("/admin/notice/sendToUser", "{\"userId\":2,\"data\":{\"title\":\"hi\"}}", "admin");

        assertThat(answer.body()).isEqualTo("{\"code\":0,\"data\":{\"targets\":2,\"accepted\":2}}");
        assertThat(first).receivedEvents("notice");
        assertThat(second).receivedEvents("notice");
        assertThat(admin).receivedNothing();
    }

    @Test
    void a_notice_to_all_reaches_everybody_under_the_name_it_was_given() {
        TestClient admin = console.connect("admin");
        TestClient test = console.connect("test");

        console.post("/admin/notice/sendToAll", "{\"event\":\"alert\",\"data\":\"fire\"}", "admin");
        console.post("/admin/notice/sendToAll", "{\"data\":\"over\"}", "admin");

        assertThat(admin).receivedEvents("alert", "notice");
        assertThat(test).receivedEvents("alert", "notice");
    }

    @Test
    void a_notice_to_a_user_who_is_away_reaches_nobody_and_one_to_a_stranger_is_404() {
        assertThat(console.post("/admin/notice/sendToUser", "{\"userId\":\"2\",\"data\":1}", "admin")
                        .body())
                .isEqualTo("{\"code\":0,\"data\":{\"targets\":0,\"accepted\":0}}");
        assertThat(console.post("/admin/notice/sendToUser", "{\"userId\":99,\"data\":1}", "admin")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"tag\":\"room-1\"}",
                "{\"tag\":\"room 1\",\"response\":{\"event\":\"news\"}}",
                "{\"tag\":\"room-1\",\"response\":\"news\"}",
                "{\"tag\":\"room-1\",\"response\":{}}",
                "{\"tag\":\"room-1\",\"response\":{\"event\":\"bad name\"}}",
                "{\"tag\":\"room-1\",\"response\":{\"event\":\"hub/drain\"}}",
                "{\"tag\":\"room-1\",\"response\":{\"event\":\"room/said\",\"data\":{\"from\":\"admin\"}}}"
            })
    void what_may_not_be_sent_is_400(String body) {
        assertThat(console.post("/socket/send/toTag", body, "admin").status()).isEqualTo(400);
    }
}
