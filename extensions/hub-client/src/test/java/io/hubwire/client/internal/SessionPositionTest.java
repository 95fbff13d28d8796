// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.client.internal.SessionPosition.Verdict;
import org.junit.jupiter.api.Test;

class SessionPositionTest {
    private final SessionPosition position = new SessionPosition();

    @Test
    void takes_the_next_number_and_no_other() {
        position.began("s", 5);

        assertThat(position.take(5)).isEqualTo(Verdict.SEEN);
        assertThat(position.take(7)).isEqualTo(Verdict.HOLE);
        assertThat(position.take(6)).isEqualTo(Verdict.APPLY);
        assertThat(position.last()).isEqualTo(6);
    }

    @Test
    void skips_a_gap_that_begins_where_it_stands() {
        position.began("s", 0);

        assertThat(position.skip(2, 3)).isEqualTo(Verdict.HOLE);
        assertThat(position.skip(1, 3)).isEqualTo(Verdict.APPLY);
        assertThat(position.skip(1, 3)).isEqualTo(Verdict.SEEN);
        assertThat(position.skip(2, 5)).isEqualTo(Verdict.APPLY);
        assertThat(position.last()).isEqualTo(5);
    }

    @Test
    void keeps_its_place_when_it_is_resumed() {
        position.began("one", 0);
        position.take(1);

        position.resumed("two");

        assertThat(position.secret()).isEqualTo("two");
        assertThat(position.last()).isEqualTo(1);
    }

    @Test
    void is_nothing_after_it_was_forgotten() {
        position.began("one", 4);

        position.forget();

        assertThat(position.secret()).isNull();
        assertThat(position.last()).isZero();
    }
}
