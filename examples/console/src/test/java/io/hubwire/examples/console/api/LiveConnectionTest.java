// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.TestConsole;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.hub.LiveEvents;
import io.hubwire.examples.console.hub.LiveEvents.Tick;
import io.hubwire.testkit.TestClient;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveConnectionTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void a_client_that_is_cut_comes_back_to_its_session() {
        TestClient client = console.connectResuming("test");

        HttpAnswer answer = post("/live/cut", body(client), "test");

        assertThat(answer.body()).isEqualTo("{\"code\":0}");
        assertThat(client).isClosedWith(4200);
        client.reconnect();
        client.expectResumed();
    }

    @Test
    void messages_wait_for_a_client_that_is_away() {
        TestClient client = console.connectResuming("test");
        assertThat(post("/live/send", body(client, 1), "test").body()).contains("\"accepted\":1,\"away\":false");
        client.drop();
        assertThat(post("/live/send", body(client, 2), "test").body()).contains("\"accepted\":2,\"away\":true");

        client.reconnect();

        client.expectResumed();
        assertThat(client).received(LiveEvents.TICK).containsExactly(new Tick(1, 1), new Tick(1, 2), new Tick(2, 2));
    }

    @Test
    void what_is_too_large_to_be_kept_leaves_a_gap_in_its_place() {
        TestClient client = console.connectResuming("test");
        client.drop();

        assertThat(post("/live/overflow", body(client), "test").status()).isEqualTo(200);
        client.reconnect();

        client.expectResumed();
        client.expectGap(1, 1);
        assertThat(client).received(LiveEvents.TICK).containsExactly(new Tick(1, 1));
    }

    @Test
    void nothing_is_too_large_for_who_is_here() {
        TestClient client = console.connectResuming("test");

        assertThat(post("/live/overflow", body(client), "test").status()).isEqualTo(409);
        assertThat(client).receivedNothing();
    }

    @Test
    void with_more_than_is_kept_the_session_cannot_be_resumed() {
        TestClient client = console.connectResuming("test");
        client.drop();
        post("/live/send", body(client, 600), "test");

        client.reconnect();

        client.expectNotResumed("gap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live/cut", "/live/send", "/live/overflow"})
    void only_ones_own_clients_are_touched(String path) {
        TestClient client = console.connectResuming("test");
        String body = body(client, 1);

        assertThat(post(path, body, "admin").status()).isEqualTo(404);
        assertThat(console.call("POST", path, body, Optional.empty()).status()).isEqualTo(401);
        assertThat(post(path, "{\"id\":\"nobody\",\"count\":1}", "test").status())
                .isEqualTo(404);
        assertThat(post(path, "{}", "test").status()).isEqualTo(400);
        assertThat(client).isConnected().receivedNothing();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001})
    void a_count_out_of_range_is_400(int count) {
        TestClient client = console.connectResuming("test");

        assertThat(post("/live/send", body(client, count), "test").body())
                .contains("count is not within 1-" + LiveConnection.MAX_COUNT);
    }

    private HttpAnswer post(String path, String body, String username) {
        return console.post(path, body, username);
    }

    private static String body(TestClient client) {
        return "{\"id\":\"" + client.id() + "\"}";
    }

    private static String body(TestClient client, int count) {
        return "{\"id\":\"" + client.id() + "\",\"count\":" + count + "}";
    }
}
