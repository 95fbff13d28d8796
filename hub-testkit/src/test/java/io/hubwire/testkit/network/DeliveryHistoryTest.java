// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every verdict is seen, each in a history that was planted. */
class DeliveryHistoryTest {
    private final DeliveryHistory history = new DeliveryHistory("ann");

    @BeforeEach
    void tenAreSent() {
        history.newSession();
        for (int i = 0; i < 10; i++) {
            history.nextSent("room");
        }
    }

    private void applied(long... numbers) {
        for (long number : numbers) {
            history.applied("room", number);
        }
    }

    @Test
    void all_in_order_is_faultless() {
        applied(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

        assertThat(history.pending()).isZero();
        assertThat(history.verdict()).isEqualTo(new DeliveryHistory.Verdict(10, 10, 0, 0, 0, 0, 0, List.of()));
        assertThat(history.verdict().isFaultless()).isTrue();
    }

    @Test
    void a_hole_is_a_loss() {
        applied(1, 2, 5, 6, 7, 8, 9, 10);

        assertThat(history.verdict().lost()).isEqualTo(2);
        assertThat(history.verdict().faults()).containsExactly("ann, room: 5 came after 2, and no signal between them");
        assertThat(history.verdict().isFaultless()).isFalse();
    }

    @Test
    void a_missing_end_is_a_loss() {
        applied(1, 2, 3, 4, 5, 6, 7);

        assertThat(history.pending()).isEqualTo(3);
        assertThat(history.verdict().lost()).isEqualTo(3);
        assertThat(history.verdict().faults()).containsExactly("ann, room: of 10 none came after 7");
    }

    @Test
    void a_second_time_is_too_often() {
        applied(1, 2, 3, 2, 4, 5, 6, 7, 8, 9, 10);

        assertThat(history.verdict().twice()).isEqualTo(1);
        assertThat(history.verdict().lost()).isZero();
        assertThat(history.verdict().faults()).containsExactly("ann, room: 2 came twice");
    }

    @Test
    void a_late_one_is_out_of_order() {
        applied(1, 3, 2, 4, 5, 6, 7, 8, 9, 10);

        assertThat(history.verdict().disordered()).isEqualTo(1);
        assertThat(history.verdict().twice()).isZero();
        assertThat(history.verdict().faults()).contains("ann, room: 2 came after 3");
    }

    @Test
    void one_that_nobody_sent_is_found() {
        applied(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

        assertThat(history.verdict().unsent()).isEqualTo(1);
        assertThat(history.verdict().faults()).containsExactly("ann, room: 11 was never sent");
    }

    @Test
    void a_gap_excuses_as_many_as_it_is_long() {
        applied(1, 2);
        history.gap(3, 5);
        applied(6, 7, 9, 10);

        assertThat(history.verdict().excused()).isEqualTo(3);
        assertThat(history.verdict().lost()).isEqualTo(1);
    }

    @Test
    void a_gap_that_is_told_too_late_excuses_nothing_before_it() {
        applied(1, 4);
        history.gap(2, 3);
        applied(5, 6, 7, 8);

        assertThat(history.verdict().lost()).isEqualTo(2);
        assertThat(history.verdict().excused()).as("of the end").isEqualTo(2);
    }

    @Test
    void a_gap_of_several_streams_is_shared() {
        history.nextSent("all");
        history.nextSent("all");
        applied(1);
        history.gap(2, 4);
        history.applied("all", 2);
        applied(4, 5, 6, 7, 8, 9, 10);

        assertThat(history.verdict().excused()).isEqualTo(3);
        assertThat(history.verdict().isFaultless()).isTrue();
    }

    @Test
    void a_new_session_excuses_what_lies_before_its_first_message() {
        applied(1, 2);
        history.newSession();
        applied(6, 8, 9, 10);

        assertThat(history.verdict().excused()).isEqualTo(3);
        assertThat(history.verdict().lost()).isEqualTo(1);
    }

    @Test
    void a_new_session_does_not_excuse_an_old_message() {
        applied(1, 2, 3);
        history.newSession();
        applied(3, 4, 5, 6, 7, 8, 9, 10);

        assertThat(history.verdict().twice()).isEqualTo(1);
    }

    @Test
    void verdicts_of_many_clients_add_up() {
        DeliveryHistory other = new DeliveryHistory("bob");
        other.nextSent("room");
        applied(1, 1);

        DeliveryHistory.Verdict both = history.verdict().plus(other.verdict());

        assertThat(both.sent()).isEqualTo(11);
        assertThat(both.lost()).isEqualTo(10);
        assertThat(both.twice()).isEqualTo(1);
        assertThat(both.faults()).hasSize(3);
    }
}
