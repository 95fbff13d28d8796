// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private static final int FEW = 100;

    @Test
    void only_the_password_itself_matches() {
        PasswordHash hash = PasswordHash.of("123456", FEW);

        assertThat(hash.matches("123456")).isTrue();
        assertThat(hash.matches("1234567")).isFalse();
        assertThat(hash.matches("")).isFalse();
    }

    @Test
    void a_password_of_any_script_and_length_matches() {
        String password = "пароль密码🔑".repeat(50);

        assertThat(PasswordHash.of(password, FEW).matches(password)).isTrue();
    }

    @Test
    void the_text_form_shows_nothing() {
        assertThat(PasswordHash.of("123456", FEW)).hasToString("PasswordHash[hidden]");
    }
}
