// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.TestConsole;
import io.hubwire.examples.console.http.HttpAnswer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginLimitsTest {
    private static final String RIGHT = "123456";
    private static final String WRONG = "wrong";

    private final TestConsole console = new TestConsole();

    @AfterEach
    void end() {
        console.close();
    }

    @Test
    void after_five_wrong_passwords_even_the_right_one_is_429_with_the_time_to_wait() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("admin", WRONG, "10.0.0." + i)).isEqualTo(401);
        }

        HttpAnswer answer = console.login("admin", RIGHT, "10.0.0.9");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).isEqualTo("{\"code\":429,\"message\":\"too many attempts\"}");
        assertThat(answer.headers()).containsEntry("Retry-After", "30");
        console.hub().advance(Duration.ofMillis(28_900));
        assertThat(console.login("admin", RIGHT, "10.0.0.9").headers()).containsEntry("Retry-After", "2");
        console.hub().advance(Duration.ofMillis(1_100));
        assertThat(login("admin", RIGHT, "10.0.0.9")).isEqualTo(200);
    }

    @Test
    void an_unknown_name_is_limited_as_an_account_is_and_others_are_not_disturbed() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("nobody", WRONG, "10.0.0.1")).isEqualTo(401);
        }

        assertThat(login("nobody", WRONG, "10.0.0.1")).isEqualTo(429);
        assertThat(login("test", RIGHT, "10.0.0.1")).isEqualTo(200);
    }

    @Test
    void an_address_is_limited_whatever_the_names() {
        for (int i = 0; i < 20; i++) {
            assertThat(login("name" + i, WRONG, "10.0.0.1")).isEqualTo(401);
        }

        HttpAnswer answer = console.login("admin", RIGHT, "10.0.0.1");

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", "6");
        assertThat(login("admin", RIGHT, "10.0.0.2")).isEqualTo(200);
        console.hub().advance(Duration.ofSeconds(6));
        assertThat(login("admin", RIGHT, "10.0.0.1")).isEqualTo(200);
    }

    @Test
    void right_passwords_are_not_counted() {
        for (int i = 0; i < 30; i++) {
            assertThat(login("admin", RIGHT, "10.0.0.1")).isEqualTo(200);
        }
    }

    private int login(String username, String password, String address) {
        return console.login(username, password, address).status();
    }
}
