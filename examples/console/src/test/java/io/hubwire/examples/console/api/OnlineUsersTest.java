// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.examples.console.TestConsole;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.testkit.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnlineUsersTest {
    private static final String CHROME_ON_LINUX =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36";

    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void the_list_has_the_shape_that_hotgo_gives_it() {
        long connected = console.hub().now().getEpochSecond();
        TestClient admin = console.connect("admin", "10.0.0.7", CHROME_ON_LINUX);
        console.hub().advance(Duration.ofSeconds(3));
        admin.send("ping");

        HttpAnswer answer = console.get("/admin/monitor/userOnlineList?page=1&perPage=20", "admin");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"code\":0,\"data\":{\"list\":[{\"id\":\"" + admin.id()
                        + "\",\"userId\":1,\"username\":\"admin\",\"ip\":\"10.0.0.7\",\"os\":\"Linux\",\"browser\":\"Chrome 124\""
                        + ",\"firstTime\":" + connected + ",\"heartbeatTime\":" + (connected + 3)
                        + "}],\"page\":1,\"perPage\":20,\"totalCount\":1}}");
    }

    @Test
    void who_has_lost_the_connection_is_marked_away_until_it_is_back() {
        TestClient client = console.connectResuming("test");
        client.drop();
        assertThat(list().at("/0/away").booleanValue()).isTrue();

        client.reconnect();

        assertThat(list().get(0).get("id").textValue()).isEqualTo(client.id());
        assertThat(list().get(0).has("away")).isFalse();
    }

    private JsonNode list() {
        return TestConsole.json(console.get("/admin/monitor/userOnlineList", "admin"))
                .at("/data/list");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                        '0,1,2,3'",
        "'?userId=1',               '0,2'",
        "'?userId=3',               ''",
        "'?username=test',          '1,3'",
        "'?username=TES',           '1,3'",
        "'?ip=10.0.0.4',            '3'",
        "'?ip=10.0.0.',             '0,1,2,3'",
        "'?userId=1&ip=10.0.0.3',   '2'",
        "'?userId=2&username=admin',''",
        "'?userId=&username=',      '0,1,2,3'",
        "'?page=2&perPage=3',       '3'",
        "'?page=3&perPage=3',       ''"
    })
    void the_list_is_filtered_and_paged(String query, String expected) {
        List<TestClient> clients = List.of(
                console.connect("admin", "10.0.0.1", ""),
                console.connect("test", "10.0.0.2", ""),
                console.connect("admin", "10.0.0.3", ""),
                console.connect("test", "10.0.0.4", ""));

        JsonNode data = TestConsole.json(console.get("/admin/monitor/userOnlineList" + query, "admin"))
                .get("data");

        List<String> ids = List.of(expected.split(",")).stream()
                .filter(index -> !index.isEmpty())
                .map(index -> clients.get(Integer.parseInt(index)).id())
                .toList();
        assertThat(data.get("list").findValuesAsText("id")).isEqualTo(ids);
        assertThat(data.get("totalCount").intValue()).isEqualTo(query.contains("page") ? 4 : ids.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=x", "page=-1", "perPage=0", "perPage=1001", "perPage=99999999999"})
    void a_bad_page_is_400(String query) {
        assertThat(console.get("/admin/monitor/userOnlineList?" + query, "admin")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void who_is_taken_offline_is_told_and_closed_and_others_stay() {
        TestClient admin = console.connect("admin");
        TestClient first = console.connect("test");
        TestClient second = console.connect("test");

        HttpAnswer answer = console.post("/admin/monitor/userOffline", "{\"id\":\"" + first.id() + "\"}", "admin");
        console.hub().advance(Duration.ofSeconds(1));

        assertThat(answer.body()).isEqualTo("{\"code\":0}");
        assertThat(first.frames())
                .singleElement()
                .asString()
                .startsWith("{\"event\":\"kick\",\"code\":0,\"timestamp\":");
        assertThat(first).isClosedWith(4004);
        assertThat(second).isConnected().receivedNothing();
        assertThat(admin).isConnected().receivedNothing();
    }

    @Test
    void a_client_that_is_not_there_is_404_and_a_bad_body_400() {
        assertThat(console.post("/admin/monitor/userOffline", "{\"id\":\"nobody\"}", "admin")
                        .status())
                .isEqualTo(404);
        assertThat(console.post("/admin/monitor/userOffline", "{\"id\":7}", "admin")
                        .status())
                .isEqualTo(400);
        assertThat(console.post("/admin/monitor/userOffline", "{}", "admin").status())
                .isEqualTo(400);
    }
}
