// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PathTemplateTest {
    @Test
    void a_literal_path_fits_itself() {
        PathTemplate path = PathTemplate.of("/api/v1.0/ws");

        assertThat(path.match("/api/v1.0/ws")).contains(Map.of());
        assertThat(path.match("/api/v1.0")).isEmpty();
        assertThat(path.match("/api/v1.0/ws/")).isEmpty();
        assertThat(path.match("/api/v1.0/WS")).isEmpty();
        assertThat(path.servletPattern()).isEqualTo("/api/v1.0/ws");
    }

    @Test
    void a_variable_stands_for_one_segment_that_is_not_empty() {
        PathTemplate path = PathTemplate.of("/ws/{room}/seats/{seat_no}");

        assertThat(path.match("/ws/red {x}/seats/7"))
                .hasValueSatisfying(
                        found -> assertThat(found).containsExactly(entry("room", "red {x}"), entry("seat_no", "7")));
        assertThat(path.match("/ws//seats/7")).isEmpty();
        assertThat(path.match("/ws/red/seats/")).isEmpty();
        assertThat(path.match("/ws/red/chairs/7")).isEmpty();
        assertThat(path.match("/ws/red/blue/seats/7")).isEmpty();
        assertThat(path.match("/ws/../seats/7")).isEmpty();
        assertThat(path.match("/ws/./seats/7")).isEmpty();
        assertThat(path.match("/ws/\uFFFD/seats/7")).isEmpty();
        assertThat(path.servletPattern()).isEqualTo("/ws/*");
    }

    @Test
    void the_root_is_exactly_the_applications_root() {
        PathTemplate path = PathTemplate.of("/");

        assertThat(path.match("/")).contains(Map.of());
        assertThat(path.match("/ws")).isEmpty();
        assertThat(path.servletPattern()).isEmpty();
    }
}
