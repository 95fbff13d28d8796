// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CutPlanTest {
    private static List<Cut> cuts(CutPlan plan) {
        return LongStream.rangeClosed(1, 2_000)
                .mapToObj(connection -> plan.of(connection).orElseThrow())
                .toList();
    }

    @Test
    void the_same_seed_cuts_at_the_same_bytes() {
        assertThat(cuts(CutPlan.atRandom(7, 100, 1_000))).isEqualTo(cuts(CutPlan.atRandom(7, 100, 1_000)));
        assertThat(cuts(CutPlan.atRandom(8, 100, 1_000))).isNotEqualTo(cuts(CutPlan.atRandom(7, 100, 1_000)));
    }

    @Test
    void random_cuts_fall_at_every_byte_of_both_directions_in_both_manners() {
        List<Cut> cuts = cuts(CutPlan.atRandom(7, 10, 20));

        for (Cut.Manner manner : Cut.Manner.values()) {
            assertThat(positions(cuts, Direction.TO_SERVER, manner)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(positions(cuts, Direction.TO_CLIENT, manner)).hasSize(21).endsWith(20);
        }
    }

    private static long[] positions(List<Cut> cuts, Direction direction, Cut.Manner manner) {
        return cuts.stream()
                .filter(cut -> cut.direction() == direction && cut.manner() == manner)
                .mapToLong(Cut::afterBytes)
                .distinct()
                .sorted()
                .toArray();
    }

    @Test
    void a_position_is_not_negative() {
        assertThatThrownBy(() -> new Cut(Direction.TO_SERVER, -1, Cut.Manner.END))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> CutPlan.atRandom(7, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_plan_cuts_nothing() {
        assertThat(CutPlan.never().of(1)).isEmpty();
    }
}
