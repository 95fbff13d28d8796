// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.examples.console.account.TokenKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console over real sockets, with clients of the hubwire.v1 profile beside those of the classic one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumingConsoleTest {
    private static final String TIME = ",\"timestamp\":\\d{10}";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private ServedConsole console;
    private String admin;
    private String test;

    /** What a hello is answered with. */
    private record Welcome(SocketClient socket, String client, String session, boolean resumed, String reason) {}

    @BeforeAll
    void start() {
        console = ServedConsole.start(TokenKey.random(), 0);
        admin = console.tokenOf("admin");
        test = console.tokenOf("test");
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @Test
    void the_token_comes_in_the_hello() {
        Welcome welcome = hello("{\"token\":\"" + test + "\"}");

        assertThat(welcome.socket().profile()).isEqualTo("hubwire.v1");
        assertThat(welcome.resumed()).isFalse();
        assertThat(welcome.reason()).isEqualTo("none");
        assertThat(welcome.socket().ask("{\"event\":\"ping\"}"))
                .matches("\\[1,\\{\"event\":\"ping\",\"code\":0" + TIME + "}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"token\":\"\"}", "{\"token\":\"forged\"}"})
    void without_a_valid_token_the_connection_is_closed_with_4001(String data) {
        SocketClient client = console.connectResuming();

        client.send("{\"event\":\"hub/hello\",\"data\":" + data + "}");

        assertThat(client.closeCode()).isEqualTo(4001);
        assertThat(client.waiting()).isZero();
    }

    @Test
    void a_page_of_another_origin_is_refused_whatever_its_profile() {
        assertThat(console.refusal("", "http://evil.example", "hubwire.v1")).isEqualTo(403);
    }

    @Test
    void a_subprotocol_that_the_hub_does_not_know_is_a_classic_client_that_needs_its_token_at_once() {
        assertThat(console.refusal("", "http://127.0.0.1:" + console.port(), "other.v1"))
                .isEqualTo(401);
    }

    @Test
    void clients_of_both_profiles_and_one_user_are_told_the_same_each_in_its_own_way() {
        SocketClient classic = console.connect(test);
        classic.ask("{\"event\":\"ping\"}"); // a socket may be open a moment before the hub knows it
        SocketClient first = hello("{\"token\":\"" + test + "\"}").socket();
        SocketClient second = hello("{\"token\":\"" + test + "\"}").socket();

        console.post("/admin/notice/sendToUser", "{\"userId\":2,\"data\":\"lunch\"}", admin);

        String notice = "\\{\"event\":\"notice\",\"data\":\"lunch\",\"code\":0" + TIME + "}";
        assertThat(classic.next()).matches(notice);
        assertThat(first.next()).matches("\\[1," + notice + "]");
        assertThat(second.next()).matches("\\[1," + notice + "]");
        assertThat(classic.waiting()).isZero();
    }

    @Test
    void who_is_cut_is_away_until_it_is_back_and_has_missed_nothing() {
        Welcome welcome = hello("{\"token\":\"" + test + "\"}");

        assertThat(post("/live/cut", "{\"id\":\"" + welcome.client() + "\"}", test))
                .isEqualTo("{\"code\":0}");
        assertThat(welcome.socket().closeCode()).isEqualTo(4200);
        assertThat(row(welcome.client()).get("away").booleanValue()).isTrue();
        post("/live/send", "{\"id\":\"" + welcome.client() + "\",\"count\":2}", test);
        Welcome again = resume(welcome, 0);

        assertThat(again.resumed()).isTrue();
        assertThat(again.client()).isEqualTo(welcome.client());
        assertThat(again.socket().next())
                .matches(
                        "\\[1,\\{\"event\":\"live/tick\".*\"number\":1,.*\\{\"event\":\"live/tick\".*\"number\":2,.*]");
        assertThat(row(welcome.client()).has("away")).isFalse();
    }

    @Test
    void a_connection_that_is_lost_without_a_word_is_away_as_well() {
        Welcome welcome = hello("{\"token\":\"" + test + "\"}");

        welcome.socket().abort();

        await().atMost(PATIENCE).until(() -> row(welcome.client()).has("away"));
        assertThat(resume(welcome, 0).resumed()).isTrue();
    }

    @Test
    void what_is_too_large_to_be_kept_leaves_a_gap_in_its_place() {
        Welcome welcome = hello("{\"token\":\"" + test + "\"}");
        String body = "{\"id\":\"" + welcome.client() + "\"}";
        post("/live/cut", body, test);
        post("/live/overflow", body, test);

        SocketClient again = resume(welcome, 0).socket();

        assertThat(again.next())
                .matches("\\{\"event\":\"hub/gap\",\"data\":\\{\"from\":1,\"to\":1,\"reason\":\"overflow\"},\"code\":0"
                        + TIME + "}");
        assertThat(again.next()).startsWith("[2,{\"event\":\"live/tick\"");
    }

    @Test
    void who_missed_more_than_is_kept_begins_a_new_session_and_is_told_why() {
        Welcome welcome = hello("{\"token\":\"" + test + "\"}");
        post("/live/cut", "{\"id\":\"" + welcome.client() + "\"}", test);
        post("/live/send", "{\"id\":\"" + welcome.client() + "\",\"count\":600}", test);

        Welcome again = resume(welcome, 0);

        assertThat(again.resumed()).isFalse();
        assertThat(again.reason()).isEqualTo("gap");
    }

    @Test
    void nobody_touches_the_connection_of_somebody_else() {
        Welcome welcome = hello("{\"token\":\"" + test + "\"}");
        String body = "{\"id\":\"" + welcome.client() + "\",\"count\":1}";

        assertThat(console.post("/live/cut", body, admin).statusCode()).isEqualTo(404);
        assertThat(console.post("/live/send", body, admin).statusCode()).isEqualTo(404);
        assertThat(console.post("/live/overflow", body, "forged").statusCode()).isEqualTo(401);
        assertThat(welcome.socket().ask("{\"event\":\"ping\"}")).startsWith("[1,");
    }

    @Test
    void the_session_of_one_user_cannot_be_claimed_by_another() {
        Welcome welcome = hello("{\"token\":\"" + test + "\"}");

        Welcome thief =
                hello("{\"token\":\"" + admin + "\",\"resume\":{\"session\":\"" + welcome.session() + "\",\"seq\":0}}");

        assertThat(thief.resumed()).isFalse();
        assertThat(thief.reason()).isEqualTo("identity");
        assertThat(welcome.socket().ask("{\"event\":\"ping\"}")).startsWith("[1,");
    }

    @Test
    void the_client_for_browsers_comes_out_of_its_jar() {
        HttpResponse<String> script =
                console.send(HttpRequest.newBuilder(console.uri("/webjars/hubwire/hubwire.min.js")));

        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.headers()
                        .firstValue("Content-Type")
                        .orElse("")
                        .replace(" ", "")
                        .toLowerCase(Locale.ROOT))
                .isEqualTo("text/javascript;charset=utf-8");
        assertThat(script.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(script.body()).contains("hubwire.v1");
    }

    private Welcome resume(Welcome earlier, int last) {
        return hello("{\"token\":\"" + test + "\",\"resume\":{\"session\":\"" + earlier.session() + "\",\"seq\":" + last
                + "}}");
    }

    private Welcome hello(String data) {
        SocketClient socket = console.connectResuming();
        JsonNode answer = ServedConsole.json(socket.ask("{\"event\":\"hub/hello\",\"data\":" + data + "}"))
                .get("data");
        return new Welcome(
                socket,
                answer.get("client").textValue(),
                answer.get("session").textValue(),
                answer.get("resumed").booleanValue(),
                answer.path("reason").asText());
    }

    private String post(String path, String body, String token) {
        return console.post(path, body, token).body();
    }

    private JsonNode row(String client) {
        JsonNode list = ServedConsole.json(console.get("/admin/monitor/userOnlineList?userId=2&perPage=1000", admin)
                        .body())
                .at("/data/list");
        for (JsonNode row : list) {
            if (row.get("id").textValue().equals(client)) {
                return row;
            }
        }
        throw new AssertionError(client + " is not among\n" + list.toPrettyString());
    }
}
