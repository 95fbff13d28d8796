// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpRoutesTest {
    private final HttpRoutes routes = new HttpRoutes()
            .add("GET", "/thing", call -> HttpAnswer.ok("got"))
            .add("POST", "/thing", call -> HttpAnswer.ok(JsonBody.of(call).text("name")))
            .add("GET", "/broken", call -> {
                throw new IllegalStateException("the secret cause");
            });

    @Test
    void a_call_is_answered_by_its_handler() {
        assertThat(call("GET", "/thing", "").body()).isEqualTo("{\"code\":0,\"data\":\"got\"}");
        assertThat(call("POST", "/thing", "{\"name\":\"x\"}").body()).isEqualTo("{\"code\":0,\"data\":\"x\"}");
    }

    @Test
    void head_is_answered_as_get() {
        assertThat(call("HEAD", "/thing", "").status()).isEqualTo(200);
    }

    @Test
    void an_unknown_path_is_404() {
        assertAnswer(call("GET", "/things", ""), 404, "{\"code\":404,\"message\":\"no such path\"}");
        assertThat(call("GET", "/thing/", "").status()).isEqualTo(404);
    }

    @Test
    void another_method_is_405_with_what_is_allowed() {
        HttpAnswer answer = call("DELETE", "/thing", "");

        assertAnswer(answer, 405, "{\"code\":405,\"message\":\"allowed: GET, POST\"}");
        assertThat(answer.headers()).containsEntry("Allow", "GET, POST");
    }

    @Test
    void a_body_may_be_64_KiB_long_and_not_a_byte_longer() {
        String frame = "{\"name\":\"x\",\"rest\":\"\"}";
        String full = "{\"name\":\"x\",\"rest\":\"" + "é".repeat((HttpCall.MAX_BODY_BYTES - frame.length()) / 2);

        assertThat(call("POST", "/thing", full + "é\"}").status()).isEqualTo(413);
        assertThat(call("POST", "/thing", full + "\"}").status()).isEqualTo(200);
    }

    @Test
    void bad_json_and_bad_fields_are_400_and_name_the_field() {
        assertAnswer(call("POST", "/thing", ""), 400, "{\"code\":400,\"message\":\"the body is not a JSON object\"}");
        assertAnswer(call("POST", "/thing", "{"), 400, "{\"code\":400,\"message\":\"the body is not JSON\"}");
        assertAnswer(call("POST", "/thing", "{} {}"), 400, "{\"code\":400,\"message\":\"the body is not JSON\"}");
        assertThat(call("POST", "/thing", "{\"name\":\"a\",\"name\":\"b\"}").status())
                .isEqualTo(400);
        assertThat(call("POST", "/thing", "[1]").status()).isEqualTo(400);
        assertAnswer(call("POST", "/thing", "{}"), 400, "{\"code\":400,\"message\":\"name is missing\"}");
        assertThat(call("POST", "/thing", "{\"name\":7}").body()).contains("name is not text");
        assertThat(call("POST", "/thing", "{\"name\":\"" + "x".repeat(1025) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(call("POST", "/thing", "[".repeat(5000)).status()).isEqualTo(400);
    }

    @Test
    void a_handler_that_breaks_tells_nothing_of_the_cause() {
        assertAnswer(call("GET", "/broken", ""), 500, "{\"code\":500,\"message\":\"internal error\"}");
    }

    @Test
    void a_route_is_added_once() {
        assertThatThrownBy(() -> routes.add("GET", "/thing", call -> HttpAnswer.ok()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("GET /thing has a handler already");
    }

    private HttpAnswer call(String method, String path, String body) {
        return routes.answer(new HttpCall(method, path, Map.of(), Map.of(), body, "127.0.0.1"));
    }

    private static void assertAnswer(HttpAnswer answer, int status, String body) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.contentType()).isEqualTo("application/json;charset=utf-8");
    }
}
