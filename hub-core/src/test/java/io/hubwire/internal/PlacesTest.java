// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.ConnectionLimits;
import io.hubwire.LoginPolicy;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final ConnectionLimits LIMITS =
            ConnectionLimits.defaults().total(3).perUser(2);

    private final Places places = new Places(LIMITS, LoginPolicy.ANY_NUMBER);

    @Test
    void there_are_as_many_as_the_limit_says_and_one_given_back_can_be_taken_again() {
        assertThat(places.tryTake()).isTrue();
        assertThat(places.tryTake()).isTrue();
        assertThat(places.tryTake()).isTrue();
        assertThat(places.tryTake()).isFalse();
        assertThat(places.taken()).isEqualTo(3);

        places.giveBack();

        assertThat(places.tryTake()).isTrue();
        assertThat(places.tryTake()).isFalse();
    }

    @Test
    void a_user_has_as_many_as_the_limit_says_whatever_others_have() {
        assertThat(places.tryTakeForUser("ann")).isTrue();
        assertThat(places.tryTakeForUser("ann")).isTrue();
        assertThat(places.tryTakeForUser("ann")).isFalse();
        assertThat(places.tryTakeForUser("bob")).isTrue();

        places.giveBackOfUser("ann");

        assertThat(places.tryTakeForUser("ann")).isTrue();
        assertThat(places.tryTakeForUser("ann")).isFalse();
    }

    @Test
    void a_user_without_places_costs_nothing() {
        places.tryTakeForUser("ann");
        places.tryTakeForUser("ann");
        places.tryTakeForUser("ann");

        places.giveBackOfUser("ann");
        places.giveBackOfUser("ann");

        assertThat(places.users()).isZero();
    }

    @Test
    void a_policy_of_one_login_leaves_a_user_one_place() {
        Places single = new Places(LIMITS, LoginPolicy.FIRST_ONLY);

        assertThat(single.tryTakeForUser("ann")).isTrue();
        assertThat(single.tryTakeForUser("ann")).isFalse();
    }

    @Test
    void where_the_newest_login_replaces_the_others_only_places_that_are_not_open_count() {
        Places newest = new Places(LIMITS, LoginPolicy.NEWEST_ONLY);
        newest.tryTakeForUser("ann");
        newest.tryTakeForUser("ann");
        assertThat(newest.tryTakeForUser("ann")).isFalse();

        newest.openedOfUser("ann");
        assertThat(newest.tryTakeForUser("ann")).isTrue();
        newest.endedOfUser("ann");

        assertThat(newest.tryTakeForUser("ann")).isFalse();
    }

    @Test
    void elsewhere_a_place_counts_until_its_session_has_ended() {
        places.tryTakeForUser("ann");
        places.tryTakeForUser("ann");

        places.openedOfUser("ann");
        assertThat(places.tryTakeForUser("ann")).isFalse();
        places.endedOfUser("ann");

        assertThat(places.tryTakeForUser("ann")).isTrue();
    }
}
