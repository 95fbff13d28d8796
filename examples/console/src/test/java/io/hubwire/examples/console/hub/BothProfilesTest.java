// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.hub;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.TestConsole;
import io.hubwire.examples.console.hub.ConsoleHub.Said;
import io.hubwire.examples.console.hub.ConsoleHub.Say;
import io.hubwire.testkit.ConnectAttempt;
import io.hubwire.testkit.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BothProfilesTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void a_resuming_client_is_let_in_without_a_token_and_closed_with_4001_if_its_hello_brings_none() {
        ConnectAttempt silent = console.hub().client().resuming().tryConnect();
        ConnectAttempt forged =
                console.hub().client().token("forged").resuming().tryConnect();

        assertThat(silent.client()).isClosedWith(4001);
        assertThat(forged.client()).isClosedWith(4001);
        assertThat(console.hub()).hasClients(0);
    }

    @Test
    void a_classic_client_is_refused_without_a_token_as_ever() {
        assertThat(console.hub().client().tryConnect().refusedWith()).hasValue(401);
    }

    @Test
    void a_room_has_members_of_both_profiles() {
        TestClient classic = console.connect("admin");
        TestClient first = console.connectResuming("test");
        TestClient second = console.connectResuming("test");
        classic.join("room-1").isOk();
        first.join("room-1").isOk();
        second.join("room-1").isOk();

        classic.request(ConsoleHub.SAY, new Say("room-1", "hello")).isOk();

        Said said = new Said("room-1", "admin", "hello");
        assertThat(classic).received(ConsoleHub.SAID).containsExactly(said);
        assertThat(first).received(ConsoleHub.SAID).containsExactly(said);
        assertThat(second).received(ConsoleHub.SAID).containsExactly(said);
    }

    @Test
    void who_resumes_is_in_the_room_still_and_has_missed_nothing() {
        TestClient classic = console.connect("admin");
        TestClient resuming = console.connectResuming("test");
        classic.join("room-1").isOk();
        resuming.join("room-1").isOk();
        resuming.drop();
        classic.request(ConsoleHub.SAY, new Say("room-1", "hello")).isOk();
        console.hub().advance(Duration.ofSeconds(5));

        resuming.reconnect();

        resuming.expectResumed();
        assertThat(resuming).received(ConsoleHub.SAID).containsExactly(new Said("room-1", "admin", "hello"));
    }

    @Test
    void the_monitor_counts_lost_connections_and_resumed_sessions() {
        TestClient admin = console.connect("admin");
        TestClient first = console.connectResuming("test");
        TestClient second = console.connectResuming("test");
        first.drop();
        second.drop();
        assertThat(admin.request(ConsoleHub.RUN_INFO).data().away()).isEqualTo(2);

        first.reconnect();
        first.expectResumed();

        assertThat(admin.request(ConsoleHub.RUN_INFO).data().away()).isEqualTo(1);
        assertThat(admin.request(ConsoleHub.RUN_INFO).data().connectionsLost()).isEqualTo(2);
        assertThat(admin.request(ConsoleHub.RUN_INFO).data().sessionsResumed()).isEqualTo(1);
    }
}
