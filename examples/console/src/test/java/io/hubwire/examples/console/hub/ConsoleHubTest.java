// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.hub;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.TestConsole;
import io.hubwire.examples.console.hub.ConsoleHub.Said;
import io.hubwire.examples.console.hub.ConsoleHub.Say;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleHubTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void nothing_is_sent_unasked() {
        TestClient client = console.connect("test");

        assertThat(client).isConnected().receivedNothing();
    }

    @Test
    void only_a_good_token_opens_the_door() {
        assertThat(console.hub().client().tryConnect().refusedWith()).hasValue(401);
        assertThat(console.hub().client().token("forged").tryConnect().refusedWith())
                .hasValue(401);
        assertThat(console.hub()
                        .client()
                        .token(console.tokenOf("test"))
                        .tryConnect()
                        .isAccepted())
                .isTrue();
    }

    @Test
    void a_session_ends_with_its_token() {
        TestClient client = console.connect("test");

        console.hub().advance(TestConsole.TOKEN_LIFETIME.plusSeconds(1));

        assertThat(client).isClosedWith(4300);
    }

    @Test
    void ping_is_answered_as_hotgo_answers_it() {
        TestClient client = console.connect("test");

        client.sendRaw("{\"event\":\"ping\"}");

        long now = console.hub().now().getEpochSecond();
        assertThat(client).receivedExactly("{\"event\":\"ping\",\"code\":0,\"timestamp\":" + now + "}");
    }

    @Test
    void rooms_are_joined_and_left_and_other_groups_are_not() {
        TestClient client = console.connect("test");

        assertThat(client.join("room-1").data()).isEqualTo(List.of("room-1"));
        assertThat(client.join("room-2").data()).isEqualTo(List.of("room-1", "room-2"));
        assertThat(client.quit("room-1").data()).isEqualTo(List.of("room-2"));
        client.join("admins").failedWith(ErrorCode.FORBIDDEN);
        client.join("myroom-1").failedWith(ErrorCode.FORBIDDEN);
        client.request("join", Map.of("id", "room 1")).failedWith(ErrorCode.INVALID_PAYLOAD);
        client.request("join").failedWith(ErrorCode.INVALID_PAYLOAD);
    }

    @Test
    void what_is_said_in_a_room_reaches_its_members() {
        TestClient admin = console.connect("admin");
        TestClient test = console.connect("test");
        TestClient outside = console.connect("test");
        admin.join("room-1").isOk();
        test.join("room-1").isOk();

        test.request(ConsoleHub.SAY, new Say("room-1", "<b>hello</b>")).isOk();

        Said said = new Said("room-1", "test", "<b>hello</b>");
        assertThat(admin).received(ConsoleHub.SAID).containsExactly(said);
        assertThat(test).received(ConsoleHub.SAID).containsExactly(said);
        assertThat(outside).receivedNothing();
    }

    @Test
    void only_members_may_say_something_and_it_must_be_something() {
        TestClient client = console.connect("admin");

        client.request(ConsoleHub.SAY, new Say("room-1", "hello")).failedWith(ErrorCode.FORBIDDEN);
        client.join("room-1").isOk();
        client.request(ConsoleHub.SAY, new Say("room-1", " ")).failedWith(ErrorCode.INVALID_PAYLOAD);
        client.request(ConsoleHub.SAY, new Say("room-1", "x".repeat(501))).failedWith(ErrorCode.INVALID_PAYLOAD);
        client.request("room/say", Map.of("id", "room-1")).failedWith(ErrorCode.INVALID_PAYLOAD);
        client.request("room/say", Map.of("text", "hello")).failedWith(ErrorCode.INVALID_PAYLOAD);
        client.request("room/say").failedWith(ErrorCode.INVALID_PAYLOAD);
    }

    @Test
    void admins_see_the_machine() {
        TestClient admin = console.connect("admin");

        assertThat(admin.request(ConsoleHub.TRENDS).data().usage()).isNotEmpty();
        assertThat(admin.request(ConsoleHub.RUN_INFO).data().clients()).isEqualTo(1);
    }

    @Test
    void others_do_not_see_the_machine() {
        TestClient client = console.connect("test");

        client.request("admin/monitor/trends").failedWith(ErrorCode.FORBIDDEN);
        client.request("admin/monitor/runInfo").failedWith(ErrorCode.FORBIDDEN);
    }
}
