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
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /admin/member/info",
        "GET,  /admin/monitor/userOnlineList",
        "POST, /admin/monitor/userOffline",
        "POST, /socket/send/toTag",
        "POST, /admin/notice/sendToUser",
        "POST, /admin/notice/sendToAll"
    })
    void without_a_token_or_with_a_bad_one_it_is_401(String method, String path) {
        String good = console.tokenOf("admin");
        String forged = good.substring(0, good.length() - 5) + "AAAAA";

        assertUnauthorized(console.call(method, path, "{}", Optional.empty()));
        for (String bad :
                new String[] {"", "Bearer", "Bearer ", "Bearer x", forged, "Bearer " + forged, "Basic " + good}) {
            assertUnauthorized(console.call(method, path, "{}", Optional.of(bad)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /admin/monitor/userOnlineList",
        "POST, /admin/monitor/userOffline",
        "POST, /socket/send/toTag",
        "POST, /admin/notice/sendToUser",
        "POST, /admin/notice/sendToAll"
    })
    void who_is_not_an_admin_gets_403(String method, String path) {
        HttpAnswer answer = console.call(method, path, "{}", Optional.of(console.tokenOf("test")));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("{\"code\":403,\"message\":\"for admins only\"}");
    }

    @Test
    void a_token_is_taken_bare_and_after_bearer() {
        String token = console.tokenOf("admin");

        for (String header : new String[] {token, "Bearer " + token, "bearer  " + token, " " + token + " "}) {
            assertThat(console.call("GET", "/admin/member/info", "", Optional.of(header))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_token_that_is_over_is_401() {
        String token = console.tokenOf("admin");

        console.hub().advance(TestConsole.TOKEN_LIFETIME);

        assertUnauthorized(console.call("GET", "/admin/member/info", "", Optional.of(token)));
    }

    private static void assertUnauthorized(HttpAnswer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"code\":401,\"message\":\"sign in first\"}");
        assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer");
    }
}
