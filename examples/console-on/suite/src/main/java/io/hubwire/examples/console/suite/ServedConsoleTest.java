// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.examples.console.account.TokenKey;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console over real sockets, on the container that is on the class path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServedConsoleTest {
    private static final String TIME = ",\"timestamp\":\\d{10}";

    private ServedConsole console;
    private String admin;
    private String test;

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
    void signing_in_is_answered_with_a_token_and_a_wrong_password_with_401() {
        HttpResponse<String> right = console.login("admin", "123456");
        HttpResponse<String> wrong = console.login("admin", "12345");

        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(right.body()).matches("\\{\"code\":0,\"data\":\\{\"token\":\"[^\"]+\"}}");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo("{\"code\":401,\"message\":\"wrong name or password\"}");
    }

    @Test
    void guessing_passwords_is_ended_with_429_and_the_time_to_wait() {
        for (int i = 0; i < 5; i++) {
            assertThat(console.login("nobody", "guess").statusCode()).isEqualTo(401);
        }

        HttpResponse<String> answer = console.login("nobody", "guess");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After"))
                .hasValueSatisfying(seconds -> assertThat(seconds).matches("[1-3]?\\d"));
    }

    @Test
    void a_body_is_read_whatever_its_content_type() {
        HttpResponse<String> answer = console.send(HttpRequest.newBuilder(console.uri("/admin/site/accountLogin"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("{\"username\":\"test\",\"password\":\"123456\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /admin/monitor/userOnlineList, none,  401",
        "GET,    /admin/monitor/userOnlineList, bad,   401",
        "GET,    /admin/monitor/userOnlineList, test,  403",
        "GET,    /admin/monitor/userOnlineList, admin, 200",
        "POST,   /admin/monitor/userOffline,    none,  401",
        "POST,   /admin/monitor/userOffline,    test,  403",
        "POST,   /admin/monitor/userOffline,    admin, 400",
        "POST,   /socket/send/toTag,            none,  401",
        "POST,   /socket/send/toTag,            test,  403",
        "POST,   /socket/send/toTag,            admin, 400",
        "POST,   /admin/notice/sendToAll,       test,  403",
        "POST,   /admin/notice/sendToUser,      test,  403",
        "DELETE, /admin/monitor/userOnlineList, admin, 405",
        "GET,    /socket/send/toTag,            admin, 405",
        "PUT,    /,                             none,  405",
        "GET,    /nothing/here,                 none,  404",
        "GET,    /js,                           none,  404",
        "GET,    /js/%61pi.js?x=%20y,           none,  200",
        "HEAD,   /,                             none,  200"
    })
    void every_call_has_its_status(String method, String path, String who, int status) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(console.uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
        switch (who) {
            case "admin" -> request.header("Authorization", "Bearer " + admin);
            case "test" -> request.header("Authorization", test);
            case "bad" -> request.header("Authorization", admin + "x");
            default -> {}
        }

        assertThat(console.send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void a_body_over_64_KiB_is_413() {
        String body = "{\"id\":\"" + " ".repeat(70_000) + "\"}";

        assertThat(console.post("/admin/monitor/userOffline", body, admin).statusCode())
                .isEqualTo(413);
    }

    @Test
    void the_page_comes_with_a_strict_policy() {
        HttpResponse<String> page = console.send(HttpRequest.newBuilder(console.uri("/")));

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'", "script-src 'self'"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void strangers_are_refused_before_the_upgrade() {
        String here = "http://127.0.0.1:" + console.port();

        assertThat(console.refusal("", here)).isEqualTo(401);
        assertThat(console.refusal("?authorization=forged", here)).isEqualTo(401);
        assertThat(console.refusal("?authorization=" + test, "http://evil.example"))
                .isEqualTo(403);
    }

    @Test
    void the_classic_examples_are_answered_byte_for_byte() {
        SocketClient client = console.connect(test);

        assertThat(client.ask("{\"event\":\"ping\"}")).matches("\\{\"event\":\"ping\",\"code\":0" + TIME + "}");
        assertThat(client.ask("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}"))
                .matches("\\{\"event\":\"join\",\"data\":\\[\"room-1\"],\"code\":0" + TIME + "}");
        assertThat(client.ask("{\"event\":\"no/such\"}"))
                .matches("\\{\"event\":\"no/such\",\"code\":1300,\"errorMsg\":\"unknown event\"" + TIME + "}");
        assertThat(client.ask("{\"event\":\"quit\",\"data\":{\"id\":\"room-1\"}}"))
                .matches("\\{\"event\":\"quit\",\"data\":\\[],\"code\":0" + TIME + "}");
        assertThat(client.ask("{\"event\":\"admin/monitor/trends\"}"))
                .matches("\\{\"event\":\"admin/monitor/trends\",\"code\":1103,\"errorMsg\":\"not allowed\"" + TIME
                        + "}");
        assertThat(client.waiting()).isZero();
    }

    @Test
    void an_admin_sees_the_real_machine() {
        SocketClient client = console.connect(admin);

        JsonNode trends = ServedConsole.json(client.ask("{\"event\":\"admin/monitor/trends\"}"))
                .get("data");
        JsonNode info = ServedConsole.json(client.ask("{\"event\":\"admin/monitor/runInfo\"}"))
                .get("data");

        assertThat(trends.get("head")).hasSize(4);
        assertThat(trends.at("/usage/0/memory").doubleValue()).isBetween(0.1, 100.0);
        assertThat(trends.at("/load/0/avg").isNumber()).isTrue();
        assertThat(trends.at("/net/0/down").isNumber()).isTrue();
        assertThat(info.get("version").textValue()).isEqualTo(System.getProperty("java.version"));
        assertThat(info.get("clients").intValue()).isPositive();
    }

    @Test
    void the_online_list_shows_a_client_as_it_is() {
        long before = Instant.now().getEpochSecond();
        SocketClient client = console.connect(test);
        client.ask("{\"event\":\"ping\"}");

        JsonNode data = ServedConsole.json(console.get("/admin/monitor/userOnlineList?userId=2&perPage=1000", admin)
                        .body())
                .get("data");

        JsonNode row = data.get("list").get(data.get("list").size() - 1);
        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly("id", "userId", "username", "ip", "os", "browser", "firstTime", "heartbeatTime");
        assertThat(row.get("username").textValue()).isEqualTo("test");
        assertThat(row.get("ip").textValue()).isEqualTo("127.0.0.1");
        assertThat(row.get("browser").textValue()).startsWith("Java ");
        assertThat(row.get("firstTime").longValue()).isBetween(before, before + 10);
        assertThat(row.get("heartbeatTime").longValue()).isBetween(before, before + 10);
    }

    @Test
    void who_is_kicked_over_http_is_told_and_then_closed_with_4004() {
        SocketClient kicked = console.connect(test);
        kicked.ask("{\"event\":\"ping\"}");
        SocketClient stays = console.connect(test);
        stays.ask("{\"event\":\"ping\"}");

        HttpResponse<String> answer =
                console.post("/admin/monitor/userOffline", "{\"id\":\"" + idOfTheOneBefore(stays) + "\"}", admin);

        assertThat(answer.body()).isEqualTo("{\"code\":0}");
        assertThat(kicked.next()).matches("\\{\"event\":\"kick\",\"code\":0" + TIME + "}");
        assertThat(kicked.closeCode()).isEqualTo(4004);
        assertThat(stays.ask("{\"event\":\"ping\"}")).contains("\"ping\"");
    }

    @Test
    void an_event_to_a_tag_reaches_its_members_only() {
        SocketClient member = console.connect(test);
        SocketClient other = console.connect(test);
        member.ask("{\"event\":\"join\",\"data\":{\"id\":\"room-tag\"}}");

        HttpResponse<String> answer = console.post(
                "/socket/send/toTag",
                "{\"tag\":\"room-tag\",\"response\":{\"event\":\"news\",\"data\":{\"n\":1}}}",
                admin);

        assertThat(answer.body()).isEqualTo("{\"code\":0,\"data\":{\"targets\":1,\"accepted\":1}}");
        assertThat(member.next()).matches("\\{\"event\":\"news\",\"data\":\\{\"n\":1},\"code\":0" + TIME + "}");
        assertThat(other.ask("{\"event\":\"ping\"}")).contains("\"ping\"");
        assertThat(other.waiting()).isZero();
    }

    @Test
    void text_beyond_ASCII_arrives_as_it_was_sent() {
        SocketClient member = console.connect(test);
        member.ask("{\"event\":\"join\",\"data\":{\"id\":\"room-text\"}}");

        console.post(
                "/socket/send/toTag",
                "{\"tag\":\"room-text\",\"response\":{\"event\":\"news\",\"data\":\"Grüße 你好 🙂\"}}",
                admin);

        assertThat(member.next()).contains("\"Grüße 你好 🙂\"");
    }

    @Test
    void a_port_that_is_taken_is_said() {
        assertThatThrownBy(() -> ServedConsole.start(TokenKey.random(), console.port()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot listen on 127.0.0.1:" + console.port());
    }

    @Test
    void when_the_server_ends_clients_are_told_and_their_tokens_are_good_afterwards() {
        TokenKey key = TokenKey.random();
        ServedConsole first = ServedConsole.start(key, 0);
        int port = first.port();
        String token = first.tokenOf("test");
        SocketClient client = first.connect(token);
        client.ask("{\"event\":\"ping\"}");

        first.close();

        assertThat(client.closeCode()).isEqualTo(1012);
        try (ServedConsole second = ServedConsole.start(key, port)) {
            assertThat(second.connect(token).ask("{\"event\":\"ping\"}")).contains("\"ping\"");
        }
    }

    /** The list is in the order of connecting: before the last row of this user comes the other client of the test. */
    private String idOfTheOneBefore(SocketClient last) {
        assertThat(last.waiting()).isZero();
        JsonNode list = ServedConsole.json(console.get("/admin/monitor/userOnlineList?userId=2&perPage=1000", admin)
                        .body())
                .at("/data/list");
        return list.get(list.size() - 2).get("id").textValue();
    }
}
