// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.TestConsole;
import io.hubwire.examples.console.http.HttpAnswer;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void a_right_password_is_answered_with_a_token_and_nothing_else() {
        HttpAnswer answer = login("{\"username\":\"admin\",\"password\":\"123456\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).matches("\\{\"code\":0,\"data\":\\{\"token\":\"[\\w-]+\\.[\\w-]+\\.[\\w-]+\"}}");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void a_token_tells_who_has_signed_in() {
        String token = TestConsole.json(login("{\"username\":\"test\",\"password\":\"123456\"}"))
                .at("/data/token")
                .textValue();

        HttpAnswer answer = console.call("GET", "/admin/member/info", "", Optional.of(token));

        long end = console.hub().now().plus(TestConsole.TOKEN_LIFETIME).getEpochSecond();
        assertThat(answer.body())
                .isEqualTo("{\"code\":0,\"data\":{\"id\":2,\"username\":\"test\",\"roles\":[],\"expiresAt\":" + end
                        + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"username\":\"admin\",\"password\":\"wrong\"}",
                "{\"username\":\"nobody\",\"password\":\"123456\"}"
            })
    void a_wrong_password_and_an_unknown_name_are_told_the_same_401(String body) {
        HttpAnswer answer = login(body);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"code\":401,\"message\":\"wrong name or password\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "x",
                "{}",
                "{\"username\":\"admin\"}",
                "{\"username\":1,\"password\":\"x\"}",
                "{\"username\":\"admin\",\"password\":\"\"}",
                "{\"username\":\"admin\",\"password\":null}"
            })
    void a_bad_body_is_400(String body) {
        assertThat(login(body).status()).isEqualTo(400);
    }

    private HttpAnswer login(String body) {
        return console.call("POST", "/admin/site/accountLogin", body, Optional.empty());
    }
}
