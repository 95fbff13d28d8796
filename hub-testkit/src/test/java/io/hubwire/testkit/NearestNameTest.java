// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> NAMES = List.of("chat/said", "lot/price", "ping");

    @Test
    void a_slip_of_the_pen_is_recognised() {
        assertThat(NearestName.of("chat/sayd", NAMES)).hasValue("chat/said");
        assertThat(NearestName.of("lotprice", NAMES)).hasValue("lot/price");
        assertThat(NearestName.of("pinng", NAMES)).hasValue("ping");
    }

    @Test
    void a_different_name_is_not() {
        assertThat(NearestName.of("order/created", NAMES)).isEmpty();
        assertThat(NearestName.of("ping", NAMES)).isEmpty();
        assertThat(NearestName.of("ping", List.of())).isEmpty();
    }
}
