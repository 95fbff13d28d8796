// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {
    private static final AttributeKey<String> COLOUR = AttributeKey.of("colour", String.class);

    @Test
    void keeps_what_it_is_told_of_a_user() {
        Instant soon = Instant.ofEpochSecond(7);
        Admission admission = Admission.asUser("42")
                .name("Ann")
                .roles("bidder", "admin")
                .with(COLOUR, "red")
                .join("b", "a")
                .join("c", "a")
                .expiresAt(soon)
                .heartbeat(HeartbeatPolicy.none());

        assertThat(admission.isAdmitted()).isTrue();
        assertThat(admission.user()).hasValueSatisfying(user -> {
            assertThat(user.id()).isEqualTo("42");
            assertThat(user.name()).isEqualTo("Ann");
            assertThat(user.hasRole("admin")).isTrue();
            assertThat(user.hasRole("other")).isFalse();
        });
        assertThat(admission.attributes()).containsExactly(Map.entry(COLOUR, "red"));
        assertThat(admission.groups()).containsExactly("b", "a", "c");
        assertThat(admission.expiry()).contains(soon);
        assertThat(admission.heartbeatPolicy()).isPresent();
    }

    @Test
    void each_call_leaves_the_one_before_as_it_was() {
        Admission plain = Admission.asUser("42");

        plain.name("Ann");
        plain.roles("admin");
        plain.with(COLOUR, "red");
        plain.join("a");

        assertThat(plain.user()).map(User::name).contains("42");
        assertThat(plain.user()).map(User::roles).contains(Set.of());
        assertThat(plain.attributes()).isEmpty();
        assertThat(plain.groups()).isEmpty();
    }

    @Test
    void nobody_in_particular_has_neither_name_nor_roles() {
        Admission anonymous = Admission.anonymous();

        assertThat(anonymous.isAdmitted()).isTrue();
        assertThat(anonymous.user()).isEmpty();
        assertThatThrownBy(() -> anonymous.name("Ann"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("name")
                .hasMessageContaining("asUser");
        assertThatThrownBy(() -> anonymous.roles("admin")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 503, 599})
    void a_refusal_has_a_status(int status) {
        Admission refusal = Admission.refuse(status);

        assertThat(refusal.isAdmitted()).isFalse();
        assertThat(refusal.refusalStatus()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 200, 399, 600})
    void a_refusal_is_no_success(int status) {
        assertThatThrownBy(() -> Admission.refuse(status))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(status))
                .hasMessageContaining("400 to 599");
    }

    @Test
    void bad_names_of_groups_and_users_are_refused() {
        assertThatThrownBy(() -> Admission.anonymous().join("no spaces"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'no spaces'");
        assertThatThrownBy(() -> Admission.asUser(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Admission.asUser("x".repeat(129))).isInstanceOf(IllegalArgumentException.class);
        assertThat(Admission.asUser("x".repeat(128)).isAdmitted()).isTrue();
    }
}
