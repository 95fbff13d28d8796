// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccountsTest {
    private final Accounts accounts = Accounts.demo(100);

    @Test
    void the_demo_users_sign_in() {
        assertThat(accounts.login("admin", "123456"))
                .hasValueSatisfying(admin -> assertThat(admin.isAdmin()).isTrue());
        assertThat(accounts.login("test", "123456"))
                .hasValueSatisfying(test -> assertThat(test.isAdmin()).isFalse());
    }

    @Test
    void a_wrong_password_or_name_does_not_sign_in() {
        assertThat(accounts.login("admin", "1234567")).isEmpty();
        assertThat(accounts.login("Admin", "123456")).isEmpty();
        assertThat(accounts.login("nobody", "123456")).isEmpty();
    }

    @Test
    void an_unknown_name_costs_as_much_work_as_a_wrong_password() {
        int wrong = Accounts.demo().comparedWith("admin").iterations();
        int unknown = Accounts.demo().comparedWith("nobody").iterations();

        assertThat(unknown).isEqualTo(wrong).isEqualTo(PasswordHash.ITERATIONS);
    }

    @Test
    void accounts_are_found_by_id() {
        assertThat(accounts.find(2)).map(Account::username).hasValue("test");
        assertThat(accounts.find(3)).isEmpty();
    }
}
