// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SeedsTest {
    @Test
    void seeds_are_counted_from_one() {
        assertThat(asked(Map.of(), List.of()).chosen(3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void seeds_that_have_failed_before_come_first() {
        assertThat(asked(Map.of(), List.of(0x25L, 2L)).chosen(3)).containsExactly(0x25L, 2L, 1L, 3L);
    }

    @Test
    void one_seed_is_run_alone() {
        Seeds seeds = asked(Map.of("hubwire.simulation.seed", "0x2"), List.of(0x25L));

        assertThat(seeds.isReplay()).isTrue();
        assertThat(seeds.chosen(500)).containsExactly(2L);
    }

    @Test
    void another_range_may_be_asked_for() {
        Seeds seeds = asked(Map.of("hubwire.simulation.seeds", "2", "hubwire.simulation.first", "1000"), List.of());

        assertThat(seeds.isReplay()).isFalse();
        assertThat(seeds.chosen(500)).containsExactly(1000L, 1001L);
    }

    @Test
    void a_file_has_one_seed_a_line_and_notes() {
        String file = "# found in spring\n0x25   # a stalled client\n\n7\n";

        assertThat(Seeds.read(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8))))
                .containsExactly(0x25L, 7L);
    }

    @Test
    void what_is_no_number_is_refused_with_its_place() {
        InputStream file = new ByteArrayInputStream("7\n0x2g\n".getBytes(StandardCharsets.UTF_8));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> asked(Map.of("hubwire.simulation.seed", "first"), List.of()))
                .withMessage("-Dhubwire.simulation.seed: 'first' is not a number such as 42 or 0x2a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Seeds.read(file))
                .withMessage("hubwire-simulation.seeds: '0x2g' is not a number such as 42 or 0x2a");
    }

    @Test
    void no_seeds_at_all_are_refused_because_they_would_prove_nothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> asked(Map.of("hubwire.simulation.seeds", "0"), List.of()))
                .withMessage("-Dhubwire.simulation.seeds: 0 seeds are too few");
    }

    private static Seeds asked(Map<String, String> properties, List<Long> regressions) {
        Properties given = new Properties();
        given.putAll(properties);
        return Seeds.of(given, regressions);
    }
}
